// How long the first byte of each list takes over a large store: milliseconds at the median and at 99 %, of RUNS the middle one.
//   node many-messages.mjs [MESSAGES=1000000] [PEOPLE=200] [REQUESTS=200] [RUNS=3]
import { Agent, get as request } from 'node:http';
import { Kafka, logLevel } from 'kafkajs';
import { courier } from './courier.mjs';
import { now, sleep } from './rpc.mjs';

const [messages = 1_000_000, people = 200, requests = 200, runs = 3] = process.argv.slice(2).map(Number);
const AT_ONCE = 2_000, HOURS = 720; // over which the messages were sent
const { b: [b], brokers } = await courier(1, { CLIENT_B_NAME: '*' });
const producer = new Kafka({ brokers: [brokers], logLevel: logLevel.ERROR }).producer();
await producer.connect();

const any = () => Math.floor(Math.random() * people);
const sentAt = (i) => new Date(Date.now() - (HOURS * 3_600_000 * (messages - i)) / messages).toISOString();
function message(i) {
  const from = i < 3 ? 'rare' : `p${any()}`, to = `p${any()}`;
  const value = { id: `m${i}`, from, to, message: 'x'.repeat(20 + any()), createdAt: sentAt(i) };
  return { key: `${from} ${to}`, value: JSON.stringify(value) };
}
let began = now();
for (let i = 0; i < messages; i += AT_ONCE) {
  const some = Array.from({ length: Math.min(AT_ONCE, messages - i) }, (_, n) => message(i + n));
  await producer.send({ topic: 'client-messages', messages: some });
}
while (!(await (await fetch(`${b}/messages/nothing/trace`)).text()).includes('has read all there is')) await sleep(500);
console.log(`${messages} messages stored after ${((now() - began) / 1000).toFixed(0)} s`);

const agent = new Agent({ keepAlive: true, maxSockets: 1 });
function firstByte(path) {
  return new Promise((done, fail) => {
    const asked = now();
    let first;
    request(b + path, { agent }, (answer) => {
      if (answer.statusCode !== 200) fail(new Error(`${answer.statusCode} ${path}`));
      answer.once('data', () => { first = now() - asked; }).on('end', () => done(first));
    }).on('error', fail);
  });
}
/** The page from the middle of the time on. */
function middle(query) {
  const half = sentAt(messages / 2);
  return `${query}&before=${Buffer.from(JSON.stringify([Date.parse(half), 0, 'm'])).toString('base64url')}`;
}
const at = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
const by = (one, other) => one - other;
const paths = [
  '/messages?limit=50', middle('/messages?limit=50'),
  '/messages?clientId=p7&limit=50', middle('/messages?clientId=p7&limit=50'), '/messages?clientId=rare&limit=50',
  '/conversations?clientId=p7', `/messages/m${messages - 1}`, `/messages/m${messages - 1}/trace`,
];
for (const path of paths) {
  const all = [];
  for (let run = 0; run < runs; run++) {
    const times = [];
    for (let i = 0; i < requests; i++) times.push(await firstByte(path));
    times.sort(by);
    all.push({ p50: at(times, 0.5), p99: at(times, 0.99) });
  }
  const of = (name) => at(all.map((run) => run[name]).sort(by), 0.5).toFixed(1);
  console.log(`${path.padEnd(75)} p50 ${of('p50').padStart(7)}  p99 ${of('p99').padStart(7)}`);
}
process.exit(0);
