// A Socket.IO client over WebSocket that costs next to nothing: the packets by hand, and of an event
// only where its bytes are. It comes back as the stock client does, with its pid and offset.
import { connect } from 'node:net';
import { connect as connectByTls } from 'node:tls';

const OPCODE = 15, CONTINUATION = 0, TEXT = 1, CLOSE = 8, FINAL = 128;
const [PING, MESSAGE, EVENT] = Buffer.from('242');
const PONG = frame('3');

function frame(text) {
  const payload = Buffer.from(text), long = payload.length > 125;
  const head = long ? [129, 128 | 126, payload.length >> 8, payload.length & 255] : [129, 128 | payload.length];
  return Buffer.concat([Buffer.from([...head, 0, 0, 0, 0]), payload]); // masked by zeros
}

export class LightSocket {
  connected = false;
  recovered = false;
  #socket; #upgraded; #rest; #pid; #last;

  /** on: {connect(socket), event(buffer, start, end), close(socket, reason)} */
  constructor(url, on, { auth = {}, localAddress } = {}) {
    Object.assign(this, { url: new URL(url), on, auth, localAddress });
  }

  open() {
    const { hostname: host, port, protocol } = this.url, secure = protocol === 'https:', by = secure ? connectByTls : connect;
    this.#upgraded = false;
    this.#rest = null;
    let reason = 'closed';
    this.#socket = by({ host: host === 'localhost' ? '127.0.0.1' : host, port, localAddress: this.localAddress, noDelay: true, rejectUnauthorized: false })
      .on(secure ? 'secureConnect' : 'connect', () => this.#socket.write(`GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: ${host}:${port}\r\n`
        + 'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n'))
      .on('data', (chunk) => this.#read(chunk))
      .on('error', (error) => { reason = error.code ?? error.message; })
      .on('close', () => {
        this.connected = false;
        this.on.close?.(this, reason);
      });
    return this;
  }

  /** A packet of its own. */
  send(text) {
    this.#socket.write(frame(text));
  }

  /** What it was told at its last connection. */
  get pid() {
    return this.#pid;
  }

  /** Without a word, as a network does. */
  cut() {
    this.#socket.destroy();
  }

  /** Only says that it is alive, without being asked, as it does not hear the question. */
  neverRead() {
    this.#socket.pause();
    setInterval(() => this.#socket.write(PONG), 10_000).unref();
  }

  /** At last, so that it sees whether it was closed. */
  readOn() {
    this.#socket.resume();
  }

  #read(chunk) {
    const bytes = this.#rest ? Buffer.concat([this.#rest, chunk]) : chunk;
    let at = this.#upgraded ? 0 : this.#head(bytes);
    while (this.#upgraded && !this.#socket.destroyed && bytes.length - at >= 2) {
      let length = bytes[at + 1], start = at + 2;
      if (length === 126) {
        if (bytes.length - at < 4) break;
        length = bytes.readUInt16BE(at + 2);
        start = at + 4;
      } else if (length === 127) {
        if (bytes.length - at < 10) break;
        length = bytes.readUInt32BE(at + 6);
        start = at + 10;
      }
      if (start + length > bytes.length) break;
      this.#frame(bytes, bytes[at], start, start + length);
      at = start + length;
    }
    this.#rest = at < bytes.length ? bytes.subarray(at) : null;
  }

  #head(bytes) {
    const end = bytes.indexOf('\r\n\r\n');
    if (end < 0) return 0;
    const status = bytes.latin1Slice(0, bytes.indexOf('\r\n'));
    if (status.includes(' 101 ')) this.#upgraded = true;
    else this.#socket.destroy(new Error(status));
    return end + 4;
  }

  #frame(bytes, first, start, end) {
    if ((first & (FINAL | OPCODE)) === TEXT || (first & OPCODE) === CONTINUATION) return; // the answer to a long question, which nobody here reads
    if ((first & OPCODE) === CLOSE) this.#socket.destroy(new Error(`close frame ${bytes.utf8Slice(start + 2, end)}`));
    else if (first !== (FINAL | TEXT)) throw new Error(`A frame of kind ${first} is unknown here`);
    else if (bytes[start] === PING) this.#socket.write(PONG);
    else if (bytes[start] === MESSAGE && bytes[start + 1] === EVENT) {
      this.#last = bytes.subarray(start, end);
      this.on.event(bytes, start, end, this);
    } else this.#packet(bytes.utf8Slice(start, end));
  }

  #packet(text) {
    if (text[0] === '0') {
      this.#socket.write(frame('40' + JSON.stringify({ ...(this.#pid && { pid: this.#pid, offset: this.offset }), ...this.auth })));
    } else if (text.startsWith('40')) {
      const { pid } = JSON.parse(text.slice(2) || '{}');
      this.recovered = pid !== undefined && pid === this.#pid;
      this.#pid = pid;
      this.connected = true;
      this.on.connect?.(this);
    } else if (text.startsWith('43')) this.on.acknowledged?.(this);
    else this.#socket.destroy(new Error(text)); // refused or told to go
  }

  /** The arguments of the last event, with its name in front. */
  get lastEvent() {
    return this.#last && JSON.parse(this.#last.utf8Slice(2));
  }

  /** Of an event that carries one it is the last argument. */
  get offset() {
    return this.lastEvent?.at(-1);
  }
}
