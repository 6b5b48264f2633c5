// A process full of light sockets, called by the benchmarks.
import { LightSocket } from './light-socket.mjs';
import { now, serve, sleep } from './rpc.mjs';
import { Tally } from './tally.mjs';

const AT_A_TIME = 100, SAMPLE = 20;
const KEY = Buffer.from('"_id":"'), TEXT = Buffer.from('"message":"');
const DASH = 45, QUOTE = 34, ZERO = 48;

class Member {
  count = 0;
  reconnects = 0;
  recoveries = 0;
  tally = new Tally();

  constructor(herd, i, url) {
    this.herd = herd;
    this.i = i;
    const localAddress = herd.addresses > 1 ? `127.0.1.${1 + (i % herd.addresses)}` : undefined;
    this.socket = new LightSocket(url, {
      connect: (socket) => this.connect(socket),
      event: herd.run ? (bytes, start) => this.check(bytes, start) : () => this.receive(),
      close: (socket, reason) => this.close(reason),
    }, { localAddress });
  }

  receive() {
    this.count++;
    if (this.herd.received++ === 0) this.herd.first = now();
    if (this.herd.received === this.herd.wanted) this.herd.last = now();
  }

  /** The id is RUN-CONVERSATION-NUMBER, and about always at the same place. */
  check(bytes, start) {
    const { run } = this.herd;
    let at = start + (this.herd.idAt ??= bytes.indexOf(KEY, start) + KEY.length - start);
    if (bytes.compare(run, 0, run.length, at, at + run.length)) return; // of somebody else
    at += run.length + 1;
    let conversation = 0, number = 0;
    for (; bytes[at] !== DASH; at++) conversation = conversation * 10 + bytes[at] - ZERO;
    for (at++; bytes[at] !== QUOTE; at++) number = number * 10 + bytes[at] - ZERO;
    this.tally.add(conversation, number);
    if (this.i < SAMPLE) this.herd.on?.(bytes, start);
    this.receive();
  }

  connect(socket) {
    this.herd.connected++;
    if (!this.wasConnected) this.wasConnected = true;
    else {
      this.reconnects++;
      if (socket.recovered) this.recoveries++;
    }
    this.isConnected = true;
  }

  /** Comes back with the stock client's randomness, but sooner. */
  close(reason) {
    if (this.isConnected) this.herd.connected--;
    this.isConnected = false;
    this.herd.closes[reason] = (this.herd.closes[reason] ?? 0) + 1;
    if (!this.herd.stay) setTimeout(() => this.socket.open(), 200 + Math.random() * 600);
  }
}

const herd = { addresses: 1, members: [], connected: 0, received: 0, wanted: 0, closes: {}, stay: false };
const latencies = [];

serve({
  /** run: check the ids, which begin so; addresses: spread the sockets over so many of 127.0.1.x; latency: measure it at some of the sockets */
  options({ run, addresses = 1, latency = false }) {
    Object.assign(herd, { run: run && Buffer.from(run), addresses: +addresses });
    if (latency) herd.on = (bytes, start) => latencies.push(now() - parseFloat(bytes.latin1Slice(bytes.indexOf(TEXT, start) + TEXT.length)));
  },
  async connect(urls, count) {
    for (let i = 0; i < count; i++) {
      const member = new Member(herd, herd.members.length, urls[i % urls.length]);
      herd.members.push(member);
      member.socket.open();
      while (herd.members.length - herd.connected >= AT_A_TIME) await sleep(5);
    }
    while (herd.connected < herd.members.length) await sleep(5);
  },
  /** From now on what comes after these numbers is expected. */
  begin(numbers) {
    herd.members.forEach((member) => { member.tally = new Tally(numbers); });
  },
  /** From now on so many events are expected in all. */
  expect(wanted) {
    Object.assign(herd, { wanted, received: 0, first: undefined, last: undefined });
    herd.members.forEach((member) => { member.count = 0; });
  },
  progress: () => herd.received,
  times: () => ({ first: herd.first, last: herd.last, exact: herd.members.every(({ count }) => count * herd.members.length === herd.wanted) }),
  lastEvent: () => herd.members[0].socket.lastEvent,
  /** All at once, and they stay away. */
  cut() {
    herd.stay = true;
    herd.members.forEach((member) => member.socket.cut());
  },
  /** All at once, too. */
  back() {
    herd.stay = false;
    herd.members.forEach((member) => member.socket.open());
  },
  state(numbers) {
    const sum = (value) => herd.members.reduce((all, member) => all + value(member), 0);
    return {
      connected: herd.connected,
      exact: sum(({ tally }) => (tally.hasExactly(numbers) ? 1 : 0)),
      repeated: sum(({ tally }) => tally.repeated),
      skipped: sum(({ tally }) => tally.skipped),
      missing: sum(({ tally }) => numbers.reduce((all, number, c) => all + number - (tally.last[c] ?? 0), 0)),
      reconnects: sum(({ reconnects }) => reconnects),
      recoveries: sum(({ recoveries }) => recoveries),
      closes: herd.closes,
    };
  },
  /** Of what came since the last call, in ms. */
  latencies() {
    const sorted = latencies.splice(0).sort((a, b) => a - b);
    const at = (p) => sorted[Math.floor(p * sorted.length)];
    return { n: sorted.length, p50: at(0.5), p99: at(0.99), max: sorted.at(-1) };
  },
});
