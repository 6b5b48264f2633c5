// What a client that never reads costs: client B's heap, and the others' latency with it and without it.
//   node slow.mjs [MESSAGES=100000] [PER_SECOND=1000] [OTHERS=20] [BYTES=1000]
import { courier } from './courier.mjs';
import { LightSocket } from './light-socket.mjs';
import { Poster } from './poster.mjs';
import { sleep, start } from './rpc.mjs';

const [messages = 100_000, perSecond = 1000, others = 20, bytes = 1000] = process.argv.slice(2).map(Number);
const { a, b: [b], instances: [clientB] } = await courier();
const poster = new Poster(a, 'slow', { bytes });
const herd = start('herd.mjs');
await herd.options({ run: 'slow', latency: true });
await herd.connect([b], others);

async function phase(name, seconds) {
  await herd.latencies();
  await poster.atRate(perSecond, seconds);
  while ((await herd.state(poster.numbers)).missing) await sleep(50);
  console.log(name, JSON.stringify(await herd.latencies()));
}

await phase('warm-up', 20);
await phase('without:', messages / perSecond / 2);
const before = clientB.heap, rss = clientB.residentMemory;
let closed = false;
const slow = new LightSocket(b, {
  connect: (socket) => socket.neverRead(),
  event: () => {},
  close: (socket, reason) => { closed = reason; },
}).open();
while (!slow.connected) await sleep(10);
await phase('with:   ', messages / perSecond);
const growth = clientB.heap - before;
slow.readOn();
await sleep(3000);
await phase('without:', messages / perSecond / 2);
const { exact, repeated, skipped } = await herd.state(poster.numbers);
console.log(JSON.stringify({ messages, heapGrowthMB: +(growth / 1e6).toFixed(1), rssGrowthMB: +((clientB.residentMemory - rss) / 1024).toFixed(1), closed, others, exact, repeated, skipped }));
process.exit(closed && exact === others && growth < 50e6 ? 0 : 1);
