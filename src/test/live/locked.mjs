// What locked doors cost: messages a second from a POST to a socket by a Courier that asks for tokens and speaks TLS,
// beside one that does neither, in turns.
//   npm ci && node locked.mjs [ROUNDS=12] [SECONDS=6] [CONNECTIONS=64] [WARM_UPS=16]
// With fewer warm-ups it is the compiler that is measured: rates double from the first of these to the last.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { courier, cpu, ROOT } from './courier.mjs';
import { LightPoster } from './light-poster.mjs';
import { LightSocket } from './light-socket.mjs';
import { median, now, sleep } from './rpc.mjs';

const [rounds = 12, seconds = 6, connections = 64, warmUps = 16] = process.argv.slice(2).map(Number);
const SENDERS = 16, PADDING = 'x'.repeat(100);

const keys = mkdtempSync(join(tmpdir(), 'keys-'));
execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost',
  '-addext', 'subjectAltName=DNS:localhost', '-keyout', join(keys, 'tls.key'), '-out', join(keys, 'tls.crt')], { stdio: 'ignore' });
const locks = {
  AUTH_MODE: 'jwt', AUTH_KEYS: join(keys, 'token-keys.json'),
  TLS_CERTIFICATE: join(keys, 'tls.crt'), TLS_KEY: join(keys, 'tls.key'),
};
mkdirSync(join(ROOT, 'target'), { recursive: true });
const token = (name) => execFileSync('java', ['-jar', join(ROOT, 'target/courier.jar'), 'token', '--as', name], {
  cwd: ROOT, env: { ...process.env, ...locks }, encoding: 'utf8',
}).trim();
const tokens = Object.fromEntries(['clientB', ...Array.from({ length: SENDERS }, (_, i) => `sender-${i}`)].map((name) => [name, token(name)]));

class Subject {
  rounds = [];
  pushed = 0;

  constructor(name, { a, b: [b], rest, instances }, token) {
    Object.assign(this, { name, a, b, token, processes: [rest, ...instances] });
  }

  async open() {
    const auth = this.token ? { token: this.token('clientB') } : {};
    await new Promise((connect) => {
      new LightSocket(this.b, { connect, event: () => this.pushed++, close: (socket, why) => console.log(this.name, why) }, { auth }).open();
    });
    return this;
  }

  /** Messages a second, until the last of them has been pushed, and what one costs, in us of a processor. */
  async flood() {
    // Each time anew: who sends nothing for long is closed.
    const poster = await new LightPoster(this.a, this.token).open(connections);
    this.pushed = 0;
    const before = this.#cpu, client = cpu(process.pid), start = now(), deadline = start + seconds * 1000 + 60_000;
    await poster.burst((n) => ({ from: `sender-${n % SENDERS}`, to: 'clientB', message: PADDING }), seconds);
    while (this.pushed < poster.accepted && now() < deadline) await sleep(5);
    poster.close();
    if (this.pushed !== poster.accepted) throw new Error(`${this.name}: ${this.pushed} of ${poster.accepted} came`);
    const each = (cpuSeconds) => Math.round((cpuSeconds * 1e6) / this.pushed);
    return {
      rate: Math.round((this.pushed * 1000) / (now() - start)), server: each(this.#cpu - before), client: each(cpu(process.pid) - client),
    };
  }

  get #cpu() {
    return this.processes.reduce((sum, part) => sum + part.cpu, 0);
  }
}

const subjects = [
  await new Subject('open', await courier(1)).open(),
  await new Subject('locked', await courier(1, locks, () => {}, { name: 'locked', first: 15_000 }), (name) => tokens[name]).open(),
];
for (let i = 1; i <= warmUps; i++) for (const subject of subjects) console.log('warm-up', i, subject.name, await subject.flood());
for (let i = 1; i <= rounds; i++) {
  for (const subject of subjects) {
    subject.rounds.push(await subject.flood());
    console.log('round', i, subject.name, subject.rounds.at(-1));
  }
}
const [open, locked] = subjects.map(({ rounds }) => ({ rate: median(rounds.map(({ rate }) => rate)), server: median(rounds.map(({ server }) => server)) }));
console.log(JSON.stringify({ open, locked, lockedToOpen: +(locked.rate / open.rate).toFixed(2) }));
process.exit(0);
