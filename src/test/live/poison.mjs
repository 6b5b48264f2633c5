// Good messages by HTTP while poison is written straight into Kafka, in one blast: how much longer the good ones take to the
// socket than alone, in turns. Half of the poison is no JSON, half cannot be read; all of it has to be a dead letter in the end.
//   npm ci && node poison.mjs [GOOD=1000] [POISON=9000] [ROUNDS=9] [CONNECTIONS=64]
import { Kafka, logLevel } from 'kafkajs';
import { courier } from './courier.mjs';
import { LightPoster } from './light-poster.mjs';
import { LightSocket } from './light-socket.mjs';
import { median, now, sleep } from './rpc.mjs';

const [good = 1000, poison = 9000, rounds = 9, connections = 64] = process.argv.slice(2).map(Number);
const WARM_UPS = 5, PARTITIONS = 6, AT_ONCE = 1000, PADDING = 'x'.repeat(100);
const { a, b: [b], brokers } = await courier();
const producer = new Kafka({ brokers: [brokers], logLevel: logLevel.ERROR }).producer();
await producer.connect();
const poster = await new LightPoster(a).open(connections);
let received = 0, last;
await new Promise((connect) => {
  new LightSocket(b, { connect, event: () => { received++; last = now(); } }).open();
});
const letters = async () => {
  const groups = await (await fetch(`${b}/dead-letter-groups`)).json();
  return groups.reduce((sum, { count }) => sum + count, 0);
};
const value = (i) => (i % 2 ? '{"from":' : JSON.stringify({ from: 'poison', to: 'clientB', message: PADDING, createdAt: 'never' }));
const BLAST = Array.from({ length: poison }, (_, i) => ({ partition: i % PARTITIONS, key: 'k', value: value(i) }));

/** In ms, from the first request to the last good message at the socket. */
async function blast(bad) {
  const begun = now(), until = received + good, written = [];
  for (let i = 0; i < bad; i += AT_ONCE) written.push(producer.send({ topic: 'client-messages', messages: BLAST.slice(i, Math.min(i + AT_ONCE, bad)) }));
  await Promise.all([...written, ...Array.from({ length: good }, (_, i) => poster.post({ from: `sender-${i % 16}`, to: 'clientB', message: PADDING }))]);
  while (received < until) await sleep(1);
  return Math.round(last - begun);
}

const alone = [], among = [];
for (let i = 0; i < WARM_UPS + rounds; i++) {
  const times = [await blast(0), await blast(poison)];
  while (await letters() < poison * (i + 1)) await sleep(500);
  console.log(i < WARM_UPS ? 'warm-up' : 'round', ...times, 'ms');
  if (i >= WARM_UPS) [alone, among].forEach((all, n) => all.push(times[n]));
}
const blasts = WARM_UPS + rounds;
if (received !== 2 * good * blasts || await letters() !== poison * blasts) throw new Error(`${received} pushed, ${await letters()} dead letters`);
console.log(JSON.stringify({ alone: median(alone), among: median(among), times: +(median(among) / median(alone)).toFixed(2), pushed: received, deadLetters: poison * blasts }));
process.exit(0);
