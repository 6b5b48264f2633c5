// Two instances of client B, sockets on both, and one of the instances is killed and started again under load:
// every socket has to have every message once.
//   node instances.mjs [SOCKETS=200] [PER_SECOND=1000] [SECONDS=60]
import { courier } from './courier.mjs';
import { Poster } from './poster.mjs';
import { now, sleep, start } from './rpc.mjs';

const [sockets = 200, perSecond = 1000, seconds = 60] = process.argv.slice(2).map(Number);
const { a, b, instances } = await courier(2);
const poster = new Poster(a, 'load');
const herd = start('herd.mjs');
await herd.options({ run: 'load', latency: true });
await herd.connect(b, sockets);

const sending = poster.atRate(perSecond, seconds);
await sleep((seconds * 1000) / 3);
console.log('before:', JSON.stringify(await herd.latencies()));
await instances[1].kill();
await sleep(1000);
await instances[1].start();
console.log('killed and started again');
await sending;

const sent = now();
let state;
do {
  await sleep(100);
  state = await herd.state(poster.numbers);
} while (state.exact < sockets && now() - sent < 60_000);
console.log('after:', JSON.stringify(await herd.latencies()));
console.log(JSON.stringify({ sockets, messages: poster.sent, wholeAfterTheLast: Math.round(now() - sent), ...state }));
process.exit(state.exact === sockets ? 0 : 1);
