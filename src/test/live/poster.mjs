// Sends numbered messages through client A: each conversation one after the other, several at a time.
import { Agent, request } from 'node:http';
import { now, sleep } from './rpc.mjs';

export class Poster {
  numbers;
  #url; #run; #to; #padding; #agent;

  constructor(url, run, { conversations = 20, to = 'clientB', bytes = 100 } = {}) {
    this.numbers = Array(conversations).fill(0);
    this.#url = new URL('/send-message', url);
    this.#run = run;
    this.#to = to;
    this.#padding = 'x'.repeat(bytes);
    this.#agent = new Agent({ keepAlive: true, maxSockets: conversations });
  }

  get sent() {
    return this.numbers.reduce((sum, number) => sum + number);
  }

  /** The next message of this conversation; its text begins with when it was sent. */
  async next(c) {
    const body = JSON.stringify({
      id: `${this.#run}-${c}-${this.numbers[c] + 1}`, from: `${this.#run}-${c}`, to: this.#to, message: `${now()} ${this.#padding}`,
    });
    const status = await new Promise((done, failed) => {
      request(this.#url, { method: 'POST', agent: this.#agent, headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) } })
        .on('response', (response) => response.resume().on('end', () => done(response.statusCode)))
        .on('error', failed)
        .end(body);
    });
    if (status !== 202) throw new Error(`Client A answered ${status}`);
    this.numbers[c]++;
  }

  /** So many per second for so long, in all conversations together. */
  async atRate(perSecond, seconds) {
    const start = now(), period = (1000 * this.numbers.length) / perSecond;
    await Promise.all(this.numbers.map(async (_, c) => {
      const each = Math.round((seconds * 1000) / period);
      for (let n = 0; n < each; n++) {
        const wait = start + (n + c / this.numbers.length) * period - now();
        if (wait > 1) await sleep(wait);
        await this.next(c);
      }
    }));
  }

  /** So many as fast as it can, or as mayGoOn(how many were sent) lets it. */
  async burst(messages, mayGoOn = () => true) {
    let begun = 0;
    await Promise.all(this.numbers.map(async (_, c) => {
      while (begun < messages) {
        const n = begun++;
        while (!mayGoOn(n)) await sleep(2);
        await this.next(c);
      }
    }));
  }
}
