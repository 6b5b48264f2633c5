// npm's socket.io server, called by fan-out.mjs: broadcasts an event as fast as it can.
import { createServer } from 'node:http';
import { Server } from 'socket.io';
import { serve } from './rpc.mjs';

const CHECK_EVERY = 10, MUCH = 256 * 1024;
const http = createServer(), io = new Server(http);
const turn = () => new Promise(setImmediate);
const behind = () => [...io.sockets.sockets.values()].some((socket) => socket.conn.transport.socket.bufferedAmount > MUCH);

serve({
  listen: () => new Promise((done) => { http.listen(0, '127.0.0.1', () => done(http.address().port)); }),
  /** careful: waits while one of the sockets is behind, so that its memory is bounded as well */
  async broadcast(messages, event, careful) {
    for (let n = 0; n < messages; n++) {
      while (careful && n % CHECK_EVERY === 0 && behind()) await turn();
      io.emit(...event);
      await turn();
    }
  },
});
