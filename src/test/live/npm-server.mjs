// npm's socket.io server, called by fan-out.mjs: broadcasts an event as fast as it can.
import { createServer } from 'node:http';
import { Server } from 'socket.io';
import { serve } from './rpc.mjs';

const http = createServer(), io = new Server(http);

serve({
  listen: () => new Promise((done) => { http.listen(0, '127.0.0.1', () => done(http.address().port)); }),
  broadcast: (event) => { io.emit(...event); },
});
