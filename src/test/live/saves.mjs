// Route files saved by editors' ways while messages flow: whether each good one is live within 2 s, each bad one refused with its
// file and line, and every message that was accepted stored once and in order, none dead-lettered.
//   node saves.mjs [PER_SECOND=300] [SAVES=40]
import { readFileSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync, readSync, openSync, closeSync } from 'node:fs';
import { join } from 'node:path';
import { courier, ROOT } from './courier.mjs';
import { Poster } from './poster.mjs';
import { median, now, sleep } from './rpc.mjs';

const [perSecond = 300, count = 40] = process.argv.slice(2).map(Number);
const { a, b: [b], instances: [clientB] } = await courier(1, {}, () => {}, { name: 'live-saves', first: 14_000 });
const folder = join(ROOT, 'target/live-saves/routes/client-b');
const path = (name) => join(folder, name), text = (name) => readFileSync(path(name), 'utf8');

/** What client B has logged since a place. */
function news(from) {
  const bytes = Buffer.alloc(Math.max(0, statSync(clientB.log).size - from)), file = openSync(clientB.log, 'r');
  readSync(file, bytes, 0, bytes.length, from);
  closeSync(file);
  return bytes.toString();
}

/** The ways to write a file. */
const ways = {
  inPlace: (name, now) => writeFileSync(path(name), now),
  emptyFirst: async (name, now) => { writeFileSync(path(name), ''); await sleep(20); writeFileSync(path(name), now); },
  renameOver: (name, now) => { writeFileSync(path(`${name}___jb_tmp___`), now); renameSync(path(`${name}___jb_tmp___`), path(name)); },
  vim: async (name, now) => {
    writeFileSync(path(`.${name}.swp`), 'b0VIM');
    writeFileSync(path('4913'), '');
    rmSync(path('4913'));
    renameSync(path(name), path(`${name}~`));
    await sleep(10);
    writeFileSync(path(name), now);
    rmSync(path(`${name}~`));
    rmSync(path(`.${name}.swp`));
  },
  emacs: (name, now) => {
    symlinkSync('somebody@here.4711', path(`.#${name}`));
    writeFileSync(path(`#${name}#`), now);
    writeFileSync(path(`${name}~`), text(name));
    writeFileSync(path(name), now);
    for (const left of [`.#${name}`, `#${name}#`, `${name}~`]) rmSync(path(left));
  },
  windows: (name, now) => writeFileSync(path(name), '\uFEFF' + now.replaceAll('\n', '\r\n')),
};
const files = ['handle-records', 'store-message', 'receive-message', 'push-stored', 'handle-one-by-one', 'park-when-exhausted'].map((f) => `${f}.camel.yaml`);
const original = Object.fromEntries(files.map((name) => [name, text(name)]));
let edit = 0;
const edited = (name) => `${original[name]}# edit ${++edit}\n`;

const slow = [], wrong = [], took = { good: [], bad: [], takenBack: [] };
async function until(words, from, limit) {
  const start = now();
  while (!words.every((word) => news(from).includes(word))) {
    if (now() - start > limit) return undefined;
    await sleep(20);
  }
  return now() - start;
}
async function expect(kind, name, way, save, words, limit = 2000) {
  const from = statSync(clientB.log).size, start = now();
  await save();
  const time = await until(words, from, 20_000) === undefined ? undefined : now() - start;
  if (time === undefined) wrong.push(`${kind} ${way} ${name}: no ${words} in ${news(from)}`);
  else took[kind].push(time);
  if (time > limit) slow.push(`${kind} ${way} ${name}: ${Math.round(time)} ms`);
}
const good = (name, way, now) => expect('good', name, way, () => ways[way](name, now), [`${name} is live in client-b`]);
const bad = (name, way, now, line) => expect('bad', name, way, () => ways[way](name, now), [`${name} is not live in client-b`, `${name}:${line}`]);
const lineOf = (all, words) => all.slice(0, all.indexOf(words)).split('\n').length;

const kinds = [
  (name, way) => good(name, way, edited(name)),
  async (name, way) => { // broken, and mended
    await bad(name, way, `${original[name]}- route:\n  x\n`, original[name].split('\n').length + 2);
    await good(name, way, edited(name));
  },
  (name, way) => { // dangerous
    const file = 'receive-message.camel.yaml', now = original[file].replace('autoCommitEnable: false', 'autoCommitEnable: true');
    return bad(file, way, now, lineOf(now, 'autoCommitEnable')).then(() => good(file, way, edited(file)));
  },
  async (name) => { // half, and a second later the rest
    const whole = edited('handle-records.camel.yaml'), half = whole.slice(0, whole.indexOf('- bean:\n            id: commit-offsets'));
    await expect('bad', 'handle-records.camel.yaml', 'half', () => ways.inPlace('handle-records.camel.yaml', half), ['handle-records.camel.yaml is not live', 'receive-message.camel.yaml:8: no step commits']);
    await good('handle-records.camel.yaml', 'inPlace', whole);
  },
  (name, way) => { // another encoding
    const now = Buffer.from(edited('store-message.camel.yaml') + '# für alle\n', 'latin1');
    return bad('store-message.camel.yaml', 'inPlace', now, '').then(() => good('store-message.camel.yaml', way, edited('store-message.camel.yaml')));
  },
  async () => { // renamed, and back
    const name = 'push-stored.camel.yaml', other = 'push-here.camel.yaml';
    await expect('good', name, 'rename', () => renameSync(path(name), path(other)), [`${other} is live in`, `${name} is gone`]);
    await expect('good', name, 'rename', () => renameSync(path(other), path(name)), [`${name} is live in`, `${other} is gone`]);
  },
  async () => { // deleted, and restored
    const name = 'history.camel.yaml', was = text(name);
    await expect('good', name, 'delete', () => rmSync(path(name)), [`${name} is gone, and its routes have stopped`]);
    await expect('good', name, 'restore', () => writeFileSync(path(name), was), [`${name} is live in`]);
  },
  async () => { // deleted, what others need
    const name = 'store-message.camel.yaml', was = text(name);
    await expect('bad', name, 'delete', () => rmSync(path(name)), ['store-message', 'handle-records.camel.yaml:', 'no route begins with direct:store-message']);
    await expect('good', name, 'restore', () => writeFileSync(path(name), was), [`${name} is live in`]);
  },
  async () => { // rolled back by hand
    const name = 'handle-records.camel.yaml';
    await good(name, 'inPlace', edited(name));
    await expect('good', name, 'rollback', async () => {
      const { status } = await fetch(`${b}/routes/${name}/rollback`, { method: 'POST' });
      if (status !== 202) wrong.push(`rollback: ${status}`);
    }, [`${name} is live in client-b`]);
  },
  async () => { // fails with its first messages
    const name = 'handle-records.camel.yaml', filter = '              - filter:\n                  id: keep-mine\n';
    const now = original[name].replace(filter, `              - throwException: {exceptionType: java.lang.IllegalStateException, message: no luck}\n${filter}`);
    await expect('takenBack', name, 'inPlace', () => ways.inPlace(name, now), [`${name} is taken back in client-b`], 10_000);
    await good(name, 'inPlace', edited(name));
  },
];

const run = `s${process.pid}`, poster = new Poster(a, run);
let sending = true;
const begun = now();
const sent = (async () => { while (sending) await poster.atRate(perSecond, 1); })();
await sleep(45_000); // half a minute after its start client B has its checker ready
for (let i = 0, done = 0; done < count; i++) {
  const before = took.good.length + took.bad.length + took.takenBack.length;
  const way = Object.keys(ways)[i % Object.keys(ways).length];
  await kinds[i % kinds.length](files[i % files.length], way);
  done += Math.max(1, took.good.length + took.bad.length + took.takenBack.length - before);
}
const seconds = (now() - begun) / 1000;
sending = false;
await sent;

/** What is stored, oldest first, by conversation. */
async function stored() {
  const got = (await (await fetch(`${b}/messages`)).json()).reverse().map(({ _id }) => _id.split('-')).filter(([name]) => name === run);
  return poster.numbers.map((_, c) => got.filter(([, conversation]) => +conversation === c).map(([, , number]) => +number));
}
let lost, disorder;
for (const deadline = now() + 60_000; now() < deadline; await sleep(500)) {
  const all = await stored();
  lost = poster.numbers.reduce((sum, number, c) => sum + number - new Set(all[c]).size, 0);
  disorder = all.reduce((sum, numbers) => sum + numbers.filter((number, i) => i && number <= numbers[i - 1]).length, 0);
  if (!lost) break;
}
const deadLetters = (await (await fetch(`${b}/dead-letters`)).json()).length;
const figures = (times) => times.length && { saves: times.length, median: Math.round(median(times)), most: Math.round(Math.max(...times)) };
console.log(JSON.stringify({
  sent: poster.sent, perSecond: Math.round(poster.sent / (seconds + 4)), saves: Object.fromEntries(Object.entries(took).map(([kind, times]) => [kind, figures(times)])),
  slow, wrong, lost, disorder, deadLetters,
}, null, 2));
process.exit(slow.length || wrong.length || lost || disorder || deadLetters ? 1 : 0);
