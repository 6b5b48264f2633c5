// How many messages a second get from a POST to a socket, and how long one takes: Courier beside a loop written by hand
// without Camel, on the same Kafka and MongoDB, in turns. A message is counted when it has been pushed.
//   npm ci && node throughput.mjs [ROUNDS=3] [SECONDS=8] [CONNECTIONS=256] [PER_SECOND=200]
// Environment: OPTIONS (further ones of the virtual machines).
import { spawn } from 'node:child_process';
import { courier, ROOT } from './courier.mjs';
import { LightPoster } from './light-poster.mjs';
import { LightSocket } from './light-socket.mjs';
import { median, now, sleep } from './rpc.mjs';

const [rounds = 3, seconds = 8, connections = 256, perSecond = 200] = process.argv.slice(2).map(Number);
const LOOP = { PORT: 13_900, SOCKETIO_PORT: 13_902 };
const WARM_UPS = 3, TEXT = Buffer.from('"message":"'), PADDING = 'x'.repeat(100);

const { a, b: [b], brokers, mongodb } = await courier(1);
const loop = spawn('java', [`@${ROOT}target/courier.options`, '-cp', `${ROOT}target/lib/*`, `${ROOT}src/test/live/HandWrittenLoop.java`], {
  env: { ...process.env, ...LOOP, KAFKA_BROKERS: brokers, MONGODB_URI: mongodb }, stdio: ['ignore', 'pipe', 'inherit'],
});
process.on('exit', () => loop.kill('SIGKILL'));
await new Promise((ready) => { loop.stdout.once('data', ready); });

class Subject {
  latencies = [];

  constructor(name, url, socketio) {
    Object.assign(this, { name, url, socketio, rates: [], p50s: [], p99s: [] });
  }

  async open() {
    await new Promise((connect) => {
      new LightSocket(this.socketio, { connect, event: (bytes, start) => this.receive(bytes, start) }).open();
    });
    this.poster = await new LightPoster(this.url).open(connections);
    return this;
  }

  receive(bytes, start) {
    this.last = now();
    this.latencies.push(this.last - parseFloat(bytes.latin1Slice(bytes.indexOf(TEXT, start) + TEXT.length)));
  }

  /** post(poster, next) sends; then until all of it has been pushed. */
  async run(post) {
    const conversation = (n) => ({ from: `sender-${n % 16}`, to: 'clientB', message: PADDING });
    Object.assign(this, { latencies: [] });
    this.poster.accepted = 0;
    const start = now(), deadline = start + seconds * 1000 + 60_000;
    await post(this.poster, conversation);
    while (this.latencies.length < this.poster.accepted && now() < deadline) await sleep(10);
    if (this.latencies.length !== this.poster.accepted) throw new Error(`${this.name}: ${this.latencies.length} of ${this.poster.accepted} came`);
    const sorted = this.latencies.toSorted((x, y) => x - y), at = (p) => +sorted[Math.floor(p * sorted.length)].toFixed(1);
    return { rate: Math.round((sorted.length * 1000) / (this.last - start)), p50: at(0.5), p99: at(0.99) };
  }

  flood() {
    return this.run((poster, next) => poster.burst(next, seconds));
  }

  pace() {
    return this.run((poster, next) => poster.atRate(next, perSecond, seconds));
  }
}

const subjects = [await new Subject('courier', a, b).open(), await new Subject('loop', `http://localhost:${LOOP.PORT}`, `http://localhost:${LOOP.SOCKETIO_PORT}`).open()];
for (let i = 0; i < WARM_UPS; i++) for (const subject of subjects) console.log('warm-up', subject.name, JSON.stringify(await subject.flood()));
for (let i = 1; i <= rounds; i++) {
  for (const subject of subjects) {
    const { rate } = await subject.flood();
    subject.rates.push(rate);
    console.log('round', i, subject.name, `${rate} a second`);
  }
  for (const subject of subjects) {
    const { p50, p99 } = await subject.pace();
    subject.p50s.push(p50);
    subject.p99s.push(p99);
    console.log('round', i, subject.name, `at ${perSecond} a second: p50 ${p50} ms, p99 ${p99} ms`);
  }
}
const medians = Object.fromEntries(subjects.map(({ name, rates, p50s, p99s }) => [name, { rate: median(rates), p50: median(p50s), p99: median(p99s) }]));
const ratio = (of) => +(medians.courier[of] / medians.loop[of]).toFixed(2);
console.log(JSON.stringify({ rounds, medians, courierToLoop: { rate: ratio('rate'), p50: ratio('p50'), p99: ratio('p99') } }));
process.exit(0);
