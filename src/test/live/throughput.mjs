// How many messages a second get from a POST to a socket, and how long one takes: Courier beside a loop written by hand
// without Camel, on the same Kafka and MongoDB, in turns. A message is counted when it has been pushed. What each took of
// the processors is in microseconds for a message: of the stores' process (with Courier's client A), and of the rest.
// At a fixed rate it says of Courier too where a message is on its way after how many ms, in the mean: answered (Kafka has
// it), stored, pushed (as client B counts them, from the millisecond in which it was accepted), and at the socket.
//   npm ci && node throughput.mjs [ROUNDS=3] [SECONDS=8] [CONNECTIONS=256] [PER_SECOND=50,200,1000]
// Environment: OPTIONS (further ones of the virtual machines).
import { spawn } from 'node:child_process';
import { courier, cpu, ROOT } from './courier.mjs';
import { LightPoster } from './light-poster.mjs';
import { LightSocket } from './light-socket.mjs';
import { median, now, sleep } from './rpc.mjs';

const [rounds = 3, seconds = 8, connections = 256] = process.argv.slice(2, 5).map(Number);
const PACES = (process.argv[5] ?? '50,200,1000').split(',').map(Number);
const LOOP = { PORT: 13_900, SOCKETIO_PORT: 13_902 };
const WARM_UPS = 3, TEXT = Buffer.from('"message":"'), PADDING = 'x'.repeat(100);

const { a, b: [b], brokers, mongodb, rest, instances: [clientB] } = await courier(1);
const loop = spawn('java', [`@${ROOT}target/courier.options`, '-cp', `${ROOT}target/lib/*`, `${ROOT}src/test/live/HandWrittenLoop.java`], {
  env: { ...process.env, ...LOOP, KAFKA_BROKERS: brokers, MONGODB_URI: mongodb }, stdio: ['ignore', 'pipe', 'inherit'],
});
process.on('exit', () => loop.kill('SIGKILL'));
await new Promise((ready) => { loop.stdout.once('data', ready); });

/** {sum (in ms), count} of a time that client B counts. */
async function counted(time) {
  const text = await (await fetch(`${b.replace(/\d+$/, (port) => +port + 100)}/observe/metrics`)).text();
  const [sum, count] = ['sum', 'count'].map((what) => +RegExp(`^courier_messages_${time}_time_seconds_${what}\\S* (\\S+)`, 'm').exec(text)[1]);
  return { sum: sum * 1000, count };
}

async function wayOf(run, subject) {
  const times = ['store', 'push'], before = await Promise.all(times.map(counted)), result = await run(), after = await Promise.all(times.map(counted));
  const mean = (sum, count) => +(sum / count).toFixed(1);
  const [stored, pushed] = times.map((_, i) => mean(after[i].sum - before[i].sum, after[i].count - before[i].count));
  const { poster, latencies } = subject;
  const received = mean(latencies.reduce((sum, latency) => sum + latency), latencies.length);
  console.log('way', JSON.stringify({ answered: mean(poster.answered, poster.accepted), stored, pushed, received }));
  return result;
}

class Subject {
  latencies = [];
  results = {};

  constructor(name, url, socketio, pid) {
    Object.assign(this, { name, url, socketio, pid });
  }

  async open() {
    await new Promise((connect) => {
      new LightSocket(this.socketio, { connect, event: (bytes, start) => this.receive(bytes, start) }).open();
    });
    return this;
  }

  receive(bytes, start) {
    this.last = now();
    this.latencies.push(this.last - parseFloat(bytes.latin1Slice(bytes.indexOf(TEXT, start) + TEXT.length)));
  }

  /** post(poster, next) sends; then until all of it has been pushed. */
  async run(post) {
    const conversation = (n) => ({ from: `sender-${n % 16}`, to: 'clientB', message: PADDING });
    // Those of the run before may have been closed, for having been idle while the other one ran.
    this.poster?.close();
    Object.assign(this, { latencies: [], poster: await new LightPoster(this.url).open(connections) });
    const start = now(), deadline = start + seconds * 1000 + 60_000, before = [rest.pid, this.pid].map(cpu);
    await post(this.poster, conversation);
    while (this.latencies.length < this.poster.accepted && now() < deadline) await sleep(10);
    if (this.latencies.length !== this.poster.accepted) throw new Error(`${this.name}: ${this.latencies.length} of ${this.poster.accepted} came`);
    const sorted = this.latencies.toSorted((x, y) => x - y), at = (p) => +sorted[Math.floor(p * sorted.length)].toFixed(1);
    const [stores, own] = [rest.pid, this.pid].map((pid, i) => Math.round(((cpu(pid) - before[i]) * 1e6) / sorted.length));
    return { rate: Math.round((sorted.length * 1000) / (this.last - start)), p50: at(0.5), p99: at(0.99), stores, own };
  }

  flood() {
    return this.run((poster, next) => poster.burst(next, seconds));
  }

  pace(perSecond) {
    const run = () => this.run((poster, next) => poster.atRate(next, perSecond, seconds));
    return this.name === 'courier' ? wayOf(run, this) : run();
  }
}

const subjects = [
  await new Subject('courier', a, b, clientB.pid).open(),
  await new Subject('loop', `http://localhost:${LOOP.PORT}`, `http://localhost:${LOOP.SOCKETIO_PORT}`, loop.pid).open(),
];
for (let i = 0; i < WARM_UPS; i++) for (const subject of subjects) console.log('warm-up', subject.name, JSON.stringify(await subject.flood()));
const RUNS = [['flood', (subject) => subject.flood()], ...PACES.map((pace) => [`${pace}/s`, (subject) => subject.pace(pace)])];
for (let i = 1; i <= rounds; i++) {
  for (const [run, go] of RUNS) {
    for (const subject of subjects) {
      const result = await go(subject);
      (subject.results[run] ??= []).push(result);
      console.log('round', i, run, subject.name, JSON.stringify(result));
    }
  }
}
const medians = ({ results }, run) => Object.fromEntries(Object.keys(results[run][0]).map((of) => [of, median(results[run].map((result) => result[of]))]));
for (const [run] of RUNS) {
  const [ours, loops] = subjects.map((subject) => medians(subject, run));
  const times = Object.fromEntries(Object.keys(ours).map((of) => [of, +(ours[of] / loops[of]).toFixed(2)]));
  console.log(JSON.stringify({ run, courier: ours, loop: loops, courierToLoop: times }));
}
process.exit(0);
