// What strangers of one address can do to everybody else: all they may try at once, while others send and get
// messages. Prints the others' latencies before, meanwhile and after, and the heap of both services.
//   node strangers.mjs [SECONDS=60] [PER_SECOND=100] [ONLY=what their names match]
// Environment: OPTIONS (further ones of the virtual machines, -Xmx512m).
// The strangers come from 127.0.0.2, and compute only when nobody else on this machine does: in truth they have machines
// of their own. They have tried all of it once before it counts, or it is the compiler that is measured.
// Needs 8,000 open files here: ulimit -n.
import { connect } from 'node:net';
import { constants, setPriority } from 'node:os';
import { courier } from './courier.mjs';
import { LightSocket } from './light-socket.mjs';
import { Poster } from './poster.mjs';
import { now, sleep, start } from './rpc.mjs';

const [seconds = 60, perSecond = 100] = process.argv.slice(2, 4).map(Number);
const only = new RegExp(process.argv[4] ?? '.');
const STRANGER = '127.0.0.2';
process.env.OPTIONS ??= '-Xmx512m';
const { a, b: [b], parts } = await courier(1, { CLIENT_B_NAME: '*' });
const herd = start('herd.mjs');
await herd.options({ run: 'honest', latency: true });
await herd.connect([b], 20);
const honest = start('honest.mjs');
await honest.options(a, 'honest');
const filler = new Poster(a, 'filler', { bytes: 15_000, to: 'filled', conversations: 8 });

async function phase(name, length) {
  await herd.latencies();
  await honest.atRate(perSecond, length);
  const deadline = now() + 30_000, numbers = await honest.numbers();
  while ((await herd.state(numbers)).missing && now() < deadline) await sleep(50);
  const latencies = await herd.latencies();
  console.log(name.padEnd(10), JSON.stringify(latencies), 'heap MB:', Object.entries(parts()).map(([part, { heap: used }]) => `${part} ${(used / 1e6) | 0}`).join(', '));
  return latencies;
}

// ---- what they know: what is stored, and a position of the log

await filler.burst(1200);
const message = { from: 'stranger', to: 'clientB', message: 'x'.repeat(15_000), id: 'poison', $bad: 1 };
await Promise.all(Array.from({ length: 100 }, () => fetch(`${a}/send-message`, {
  method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(message),
})));
const position = await new Promise((done) => {
  const socket = new LightSocket(b, { connect: () => { done(socket.pid); socket.cut(); }, event() {} }, { localAddress: STRANGER }).open();
});
const varint = (number) => {
  const bytes = [];
  for (let left = BigInt(number) << 1n; ; left >>= 7n) {
    if (left < 128n) return [...bytes, Number(left)];
    bytes.push(Number(left & 127n) | 128);
  }
};
const forged = (partitions, offset) => {
  const log = Buffer.from(position, 'base64url').subarray(0, 4);
  return Buffer.from([...log, 0, ...varint(partitions), ...Array(partitions).fill(varint(offset)).flat()]).toString('base64url');
};
const [{ _id: newest }] = await (await fetch(`${b}/messages?limit=1&clientId=filled`)).json();

// ---- what they do, each again and again until it is over

let over, answered, done;
async function again(name, pause, what) {
  for (let i = 0; !over && only.test(name); i++) {
    try {
      await what(i);
      done[name] = i + 1;
    } catch { /* refused */ }
    await sleep(pause);
  }
}

/** Sends this, reads nothing, and lets go after so many ms at the latest. */
function raw(url, text, hold) {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname === 'localhost' ? '127.0.0.1' : hostname, port, localAddress: STRANGER });
  socket.on('error', () => {}).pause();
  socket.write(text);
  setTimeout(() => socket.destroy(), hold).unref();
}

function light(auth, name, hold, reads = true) {
  const socket = new LightSocket(b, {
    connect: () => { if (!reads) socket.neverRead(); },
    acknowledged() { answered++; }, event() {}, close() {},
  }, { auth: { clientId: name, ...auth }, localAddress: STRANGER }).open();
  setTimeout(() => socket.cut(), hold).unref();
  return socket;
}

const get = (path, rest = '') => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n${rest}\r\n`;
const body = 'POST /send-message HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n{"from":';
const upgrade = (sid) => get(`/socket.io/?EIO=4&transport=websocket&sid=${sid}`,
  'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n');

async function oneSession() {
  const sid = JSON.parse((await (await fetch(`${b}/socket.io/?EIO=4&transport=polling`)).text()).slice(1)).sid;
  await fetch(`${b}/socket.io/?EIO=4&transport=polling&sid=${sid}`, { method: 'POST', body: '40' });
  for (let i = 0; i < 50; i++) raw(b, upgrade(sid), 20_000);
}

function connectAgainAndAgain() {
  const socket = light({ after: newest }, 'filled', 10_000);
  const each = setInterval(() => socket.connected && socket.send('40' + JSON.stringify({ after: newest })), 12);
  setTimeout(() => clearInterval(each), 10_000).unref();
}

// Not of `filled`, who would get what is sent, but one of those who write to it.
const emitted = [
  ['history', { with: 'filled', limit: 200 }], ['history', { with: 'filled', before: 'nowhere' }], ['history', 'x'.repeat(60_000)],
  ['send-message', { to: 'filled' }], ['send-message', { to: 'nobody', message: 'x'.repeat(15_000) }],
  ['read', 'nothing'], ['delivered', ['nothing']], ['no-route', { deep: Array(5_000).fill([]) }],
].map((event, i) => '42' + i + JSON.stringify(event));

function emitAgainAndAgain(reads) {
  const socket = light({}, 'filler-0', 10_000, reads);
  let i = 0;
  const each = setInterval(() => socket.connected && socket.send(emitted[i++ % emitted.length]), 5);
  setTimeout(() => clearInterval(each), 10_000).unref();
}

function attack() {
  [over, answered, done] = [false, 0, {}];
  return Promise.all([
    again('positions of 10,000 partitions', 100, () => light({ pid: forged(10_000, 0), offset: forged(10_000, 0) }, 'clientB', 3_000)),
    again('positions of pages nobody asks for', 30, (i) => light({ pid: forged(6, i % 500), offset: forged(6, i % 500) }, 'filled', 3_000)),
    again('sockets that catch up and do not read', 50, () => light({ pid: forged(6, 0), offset: forged(6, 0) }, 'filled', 30_000, false)),
    again('CONNECT 80 times a second', 2_000, connectAgainAndAgain),
    again('200 events a second', 2_000, () => emitAgainAndAgain(true)),
    again('200 events a second, and answers nobody reads', 2_000, () => emitAgainAndAgain(false)),
    again('50 WebSockets on one session', 1_000, oneSession),
    again('lists that nobody reads', 200, (i) => raw(b, get(['/messages?limit=1000', '/messages', '/dead-letters?limit=1000'][i % 3]), 30_000)),
    again('traces that nobody reads', 200, () => raw(b, get('/messages/poison/trace'), 30_000)),
    again('half bodies', 20, () => raw(a, body, 60_000)),
    again('idle connections', 20, (i) => raw(i % 2 ? a : b, get('/nothing'), 60_000)),
    again('second heads', 40, () => raw(b, get('/nothing') + 'GET / HTTP/1.1\r\nX: ' + 'y'.repeat(7_000), 60_000)),
    again('HTTP/2 prefaces', 40, () => raw(b, 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0', 60_000)),
  ]);
}

// ---- and what it costs the others

/** Until the last of them has let go, and what the MongoDB driver pools is free after a minute. */
const CALM = 70_000;

await phase('warm-up', 20);
const before = parts();
setPriority(constants.priority.PRIORITY_LOW);
const first = attack();
await phase('first time', seconds);
over = true;
await first;
await sleep(CALM);
await phase('warm', seconds); // or quiet is slower than what comes after it
const quiet = await phase('quiet', 20);
const attacked = attack();
const meanwhile = await phase('meanwhile', seconds);
over = true;
await attacked;
console.log('what they did:', JSON.stringify(done), 'events answered:', answered);
await sleep(CALM);
const later = await phase('after', 20);
const after = parts();
const { exact, repeated, skipped } = await herd.state(await honest.numbers());
const growth = Object.fromEntries(Object.keys(after).map((part) => [part, +(after[part].heap / before[part].heap).toFixed(2)]));
console.log(JSON.stringify({ p99: { quiet: quiet.p99, meanwhile: meanwhile.p99, after: later.p99 }, times: +(meanwhile.p99 / quiet.p99).toFixed(2), timesAfter: +(meanwhile.p99 / later.p99).toFixed(2), heapAfterToBefore: growth, sockets: 20, exact, repeated, skipped }));
process.exit(exact === 20 && meanwhile.p99 < 5 * quiet.p99 && Object.values(growth).every((g) => g < 1.2) ? 0 : 1);
