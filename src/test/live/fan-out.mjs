// How many events per second reach the sockets: Courier on client B's port, with every message sent
// through client A, stored and pushed, beside npm's socket.io server that only broadcasts the same event.
// The same client for both, in turns.
//   npm ci && node fan-out.mjs [SOCKETS=1000] [MESSAGES=1000 a round] [ROUNDS=5] [PROCESSES=1 of clients]
// Environment: A, B (URLs of a Courier that runs already), WINDOW (messages that may be underway at a time), ADDRESSES (loopback addresses
// the sockets come from). Needs 2 x SOCKETS open files in each process: ulimit -n.
import { courier } from './courier.mjs';
import { Poster } from './poster.mjs';
import { median, now, sleep, start } from './rpc.mjs';

const { A, B, WINDOW = 200, ADDRESSES = 1 } = process.env;
const [sockets = 1000, messages = 1000, rounds = 5, processes = 1] = process.argv.slice(2).map(Number);
const run = `fan${Date.now().toString(36)}`;
const { a, b: [b] } = A ? { a: A, b: [B] } : await courier();
const poster = new Poster(a, run, { conversations: 16 });

const npm = start('npm-server.mjs');
const herds = (url) => Promise.all(Array.from({ length: processes }, async () => {
  const herd = start('herd.mjs');
  await herd.options({ addresses: ADDRESSES });
  await herd.connect([url], sockets / processes);
  return herd;
}));
const courierHerds = await herds(b);
const npmHerds = await herds(`http://127.0.0.1:${await npm.listen()}`);
const progress = async (all) => (await Promise.all(all.map((herd) => herd.progress()))).reduce((sum, n) => sum + n);

/** Deliveries per second from the first to the last. */
async function round(all, send) {
  await Promise.all(all.map((herd) => herd.expect((messages * sockets) / processes)));
  let delivered = 0;
  const until = now() + 120_000, sending = send(() => delivered / sockets);
  while (delivered < messages * sockets && now() < until) {
    await sleep(10);
    delivered = await progress(all);
  }
  await sending;
  const times = await Promise.all(all.map((herd) => herd.times()));
  if (!times.every(({ exact }) => exact)) throw new Error(`Not every socket got every event once: ${delivered} of ${messages * sockets}`);
  const ms = Math.max(...times.map(({ last }) => last)) - Math.min(...times.map(({ first }) => first));
  return Math.round((messages * sockets * 1000) / ms);
}

const ours = () => round(courierHerds, (delivered) => poster.burst(messages, (n) => n - delivered() < +WINDOW));
/** underway: how many events may be on their way at a time; npm's server is fastest with few of them. */
const npms = (underway) => async () => {
  const event = await courierHerds[0].lastEvent();
  return round(npmHerds, async (delivered) => {
    for (let n = 0; n < messages; n++) {
      while (n - delivered() >= underway) await sleep(1);
      await npm.broadcast(event);
    }
  });
};
const subjects = { courier: ours, 'npm, in step': npms(4), 'npm, at once': npms(Infinity) };
const rates = Object.fromEntries(Object.keys(subjects).map((name) => [name, []]));
for (let i = -1; i <= rounds; i++) {
  for (const [name, subject] of Object.entries(subjects)) {
    const rate = await subject();
    if (i > 0) rates[name].push(rate);
    console.log(`${i > 0 ? `round ${i}` : 'warm-up'}: ${name}: ${rate.toLocaleString('en')} deliveries/s`);
  }
}
const medians = Object.fromEntries(Object.entries(rates).map(([name, all]) => [name, median(all)]));
const best = Math.max(medians['npm, in step'], medians['npm, at once']);
console.log(JSON.stringify({ sockets, messages, rounds, medians, ratio: +(medians.courier / best).toFixed(2) }));
process.exit(0);
