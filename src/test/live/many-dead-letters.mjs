// The desk over a large store: a group replayed whole, then two replays at once with client B killed in the middle.
//   node many-dead-letters.mjs [MESSAGES=1000000] [DEAD_LETTERS=100000]
// The dead letters are another program's (Spring Kafka's headers), so that what is replayed can be stored.
import { Kafka, logLevel } from 'kafkajs';
import { courier } from './courier.mjs';
import { now, sleep } from './rpc.mjs';

const [messages = 1_000_000, letters = 100_000] = process.argv.slice(2).map(Number);
const TOPIC = 'orders.DLT', PARTITIONS = 6, AT_ONCE = 2_000;
const { b: [b], brokers, instances: [clientB] } = await courier(1, { TOPICS_OTHER_DEAD_LETTERS: TOPIC }, async (servers) => {
  const admin = new Kafka({ brokers: [servers], logLevel: logLevel.ERROR }).admin();
  await admin.connect();
  await admin.createTopics({ topics: [{ topic: TOPIC, numPartitions: PARTITIONS }] });
  await admin.disconnect();
});
const producer = new Kafka({ brokers: [brokers], logLevel: logLevel.ERROR }).producer();
await producer.connect();

const took = (since) => `${((now() - since) / 1000).toFixed(1)} s`;
const json = async (path, init) => (await fetch(b + path, init)).json();
const value = (id) => JSON.stringify({ id, from: 'many', to: 'clientB', message: 'x'.repeat(100) });

async function send(topic, count, record) {
  for (let i = 0; i < count; i += AT_ONCE) {
    await producer.send({ topic, messages: Array.from({ length: Math.min(AT_ONCE, count - i) }, (_, n) => ({ partition: (i + n) % PARTITIONS, key: 'k', ...record(i + n) })) });
  }
}

async function until(what, pause = 200) {
  for (let value; ; await sleep(pause)) if ((value = await what().catch(() => null))) return value;
}

// ---- a large store

let began = now();
await send('client-messages', messages, (i) => ({ value: value(`plain-${i}`) }));
for (let last = Math.max(0, messages - PARTITIONS); last < messages; last++) {
  await until(async () => (await fetch(`${b}/messages/plain-${last}`)).status === 200);
}
console.log(`${messages} messages stored after ${took(began)}`);

const binary = (bytes, number) => {
  const buffer = Buffer.alloc(bytes);
  if (bytes === 4) buffer.writeInt32BE(number);
  else buffer.writeBigInt64BE(BigInt(number));
  return buffer;
};
const GROUPS = ['com.shop.NoStock', 'com.shop.NoCustomer', 'com.shop.NoPrice'];
const groupOf = (i) => (i % 10 < 5 ? 0 : i % 10 < 8 ? 1 : 2); // half, 30 % and 20 %
began = now();
await send(TOPIC, letters, (i) => ({
  value: value(`late-${i}`),
  headers: {
    'kafka_dlt-original-topic': 'client-messages',
    'kafka_dlt-original-partition': binary(4, i % PARTITIONS),
    'kafka_dlt-original-offset': binary(8, 10_000_000 + i),
    'kafka_dlt-original-timestamp': binary(8, Date.now()),
    'kafka_dlt-exception-cause-fqcn': GROUPS[groupOf(i)],
    'kafka_dlt-exception-message': 'not there',
  },
}));
const groups = await until(async () => {
  const all = await json('/dead-letter-groups');
  return all.reduce((sum, { count }) => sum + count, 0) === letters && all.length === 3 && all;
});
console.log(`${letters} dead letters indexed after ${took(began)}:`, groups.map(({ exception, count }) => `${exception} ${count}`).join(', '));
began = now();
await json('/dead-letter-groups');
console.log(`groups answered in ${took(began)}`);
began = now();
await json('/dead-letters?limit=50');
console.log(`the first page of the list in ${took(began)}`);

// ---- replays

async function replay(name, rate = 5_000) {
  const { group } = groups.find(({ exception }) => exception === name);
  const response = await fetch(`${b}/dead-letter-replays`, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ group, rate, by: 'bench' }),
  });
  if (response.status !== 202) throw new Error(`${response.status} ${await response.text()}`);
  return (await response.json())._id;
}
const ended = (id) => until(async () => {
  const progress = await json(`/dead-letter-replays/${id}`);
  return ['done', 'stopped'].includes(progress.state) && progress;
});
const counts = ({ state, total, queued, replayed, failed, discarded }) => JSON.stringify({ state, total, queued, replayed, failed, discarded });

began = now();
const whole = await ended(await replay(GROUPS[0]));
console.log(`a group replayed whole in ${took(began)}: ${counts(whole)}`);

began = now();
const two = [await replay(GROUPS[1]), await replay(GROUPS[2])];
await until(async () => (await json(`/dead-letter-replays/${two[0]}`)).replayed > letters / 50, 20);
await clientB.kill();
await clientB.start();
const both = await Promise.all(two.map(ended));
console.log(`two at once and a SIGKILL, ${took(began)}: ${both.map(counts).join(' and ')}`);

// ---- what came of it

const stored = await until(async () => {
  const all = await (await fetch(`${b}/messages?clientId=many`)).text();
  const ids = all.match(/"_id":"late-\d+"/g) ?? [];
  return ids.length >= letters && { all: ids.length, distinct: new Set(ids).size };
}, 2_000);
console.log('stored of the replayed:', JSON.stringify(stored));
const adds = [whole, ...both].every(({ state, total, queued, replayed, failed, discarded }) => state === 'done' && total === replayed && !queued && !failed && !discarded);
process.exit(adds && stored.all === letters && stored.distinct === letters ? 0 : 1);
