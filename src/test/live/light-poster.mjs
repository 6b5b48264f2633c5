// Sends messages over HTTP at next to no cost: the requests by hand, and of an answer only its status.
import { connect } from 'node:net';
import { connect as connectByTls } from 'node:tls';
import { now, sleep } from './rpc.mjs';

const END_OF_HEAD = '\r\n\r\n', LENGTH = /content-length: *(\d+)/i;

export class LightPoster {
  accepted = 0;
  answered = 0; // ms until the answers of those came, in all
  #url; #idle = []; #waiting = []; #token;

  /** token(name): what a sender shows; nothing if nobody is asked */
  constructor(url, token = () => null) {
    this.#url = new URL('/send-message', url);
    this.#token = token;
  }

  async open(connections) {
    await Promise.all(Array.from({ length: connections }, () => new Promise((done, failed) => {
      const by = this.#url.protocol === 'https:' ? connectByTls : connect;
      const socket = by({ host: '127.0.0.1', port: this.#url.port, noDelay: true, rejectUnauthorized: false }, () => {
        this.#idle.push(socket);
        done();
      });
      socket.on('error', failed).on('data', (chunk) => this.#read(socket, chunk))
        .on('close', () => socket.failed?.(new Error('The connection was closed before its answer')));
    })));
    return this;
  }

  close() {
    this.#idle.forEach((socket) => socket.destroy());
  }

  /** As soon as a connection is free; the text begins with when it was asked for. */
  async post(message) {
    const asked = now(), body = JSON.stringify({ ...message, message: `${asked} ${message.message}` });
    const token = this.#token(message.from), shown = token ? `Authorization: Bearer ${token}\r\n` : '';
    const socket = this.#idle.pop() ?? await new Promise((free) => { this.#waiting.push(free); });
    if (socket.destroyed) throw new Error('The connection was closed while nothing was sent: open it later');
    socket.write(`POST /send-message HTTP/1.1\r\nHost: ${this.#url.host}\r\n${shown}Content-Type: application/json\r\n`
      + `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
    const status = await new Promise((answered, failed) => { Object.assign(socket, { answered, failed }); });
    if (status !== 202) throw new Error(`A message was answered with ${status}`);
    this.accepted++;
    this.answered += now() - asked;
    const next = this.#waiting.shift();
    if (next) next(socket);
    else this.#idle.push(socket);
  }

  #read(socket, chunk) {
    socket.text = (socket.text ?? '') + chunk.latin1Slice();
    const head = socket.text.indexOf(END_OF_HEAD);
    if (head < 0 || socket.text.length < head + END_OF_HEAD.length + +LENGTH.exec(socket.text)[1]) return;
    const status = +socket.text.slice(9, 12);
    socket.text = '';
    socket.answered(status);
  }

  /** next(n) is the n-th message; as many at a time as there are connections, for so long. */
  async burst(next, seconds) {
    const end = now() + seconds * 1000, connections = this.#idle.length;
    let n = 0;
    await Promise.all(Array.from({ length: connections }, async () => {
      while (now() < end) await this.post(next(n++));
    }));
  }

  /** So many per second for so long, whether they are answered or not. */
  async atRate(next, perSecond, seconds) {
    const start = now(), posted = [];
    for (let n = 0; n < perSecond * seconds; n++) {
      const wait = start + (n * 1000) / perSecond - now();
      if (wait > 1) await sleep(wait);
      posted.push(this.post(next(n)));
    }
    await Promise.all(posted);
  }
}
