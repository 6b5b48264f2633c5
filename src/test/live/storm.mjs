// Many idle sockets, all cut at once and back at once: what each costs client B in resident memory and computing,
// and how long it takes until all are recovered and have what they missed.
//   npm ci && node storm.mjs [SOCKETS=5000] [MISSED=20 messages]
// Environment: ADDRESSES (loopback addresses that the sockets come from, if a limit for each of them is in the way).
// Needs SOCKETS open files here and twice that in Courier: ulimit -n.
import { courier } from './courier.mjs';
import { Poster } from './poster.mjs';
import { now, sleep, start } from './rpc.mjs';

const [sockets = 5000, missed = 20] = process.argv.slice(2).map(Number);
const limits = { HTTP_MAX_CONNECTIONS: 2 * sockets, HTTP_MAX_CONNECTIONS_PER_ADDRESS: 2 * sockets };
const { a, b: [b], instances: [clientB] } = await courier(1, limits);
const poster = new Poster(a, 'storm', { conversations: 4 });
const herd = start('herd.mjs');
const settled = async () => {
  clientB.heap; // collects the garbage
  await sleep(3000);
  return clientB.residentMemory;
};

/** What it computes while nobody sends anything, in seconds for each. */
async function idle(seconds = 60) {
  const before = clientB.cpu;
  await sleep(seconds * 1000);
  return (clientB.cpu - before) / seconds;
}

/** Until every socket is there and has all; returns how long that took, in ms. */
async function whole() {
  const began = now();
  for (;;) {
    const state = await herd.state(poster.numbers);
    if (state.connected === sockets && state.exact === sockets) return { ms: Math.round(now() - began), ...state };
    if (state.repeated || now() - began > 120_000) throw new Error(`Not whole: ${JSON.stringify(state)}`);
    await sleep(20);
  }
}

await herd.options({ run: 'storm', addresses: process.env.ADDRESSES });
const some = sockets / 10;
await herd.connect([b], some);
await poster.atRate(100, 5);
const before = await settled();
const few = await idle();
await herd.connect([b], sockets - some);
const after = await settled();
console.log(`Resident memory: ${before} KiB with ${some} sockets, ${after} KiB with ${sockets}: ${((after - before) / (sockets - some)).toFixed(1)} KiB for each idle socket`);

const all = await idle();
console.log(`Computing: ${(100 * few).toFixed(2)} % of a processor with ${some} idle sockets, ${(100 * all).toFixed(2)} % with ${sockets}: ${(1e6 * (all - few) / (sockets - some)).toFixed(2)} µs a second for each`);

await herd.begin(poster.numbers);
await poster.atRate(5, 5);
await whole();
await herd.cut();
await poster.burst(missed);
await herd.back();
const { ms, reconnects, recoveries, closes } = await whole();
console.log(`All ${sockets} were cut and missed ${missed} messages; whole again after ${ms} ms: ${recoveries} of ${reconnects} connections recovered`);
await poster.atRate(5, 5);
const { repeated, skipped, missing } = await whole();
console.log(JSON.stringify({ sockets, ms, recoveries, reconnects, repeated, skipped, missing, closes, rssAfterwards: clientB.residentMemory }));
process.exit(0);
