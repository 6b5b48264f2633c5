// Courier for the benchmarks, in a fresh folder under target/, on ports of its own: Kafka, MongoDB and client A in
// one process, each instance of client B in another. Needs target/courier.jar.
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sleep } from './rpc.mjs';

export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const FIRST_PORT = 13_000;

/** Seconds that a process has computed, in all. */
export function cpu(pid) {
  const [user, system] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ').slice(11, 13);
  return (+user + +system) / 100;
}

class Part {
  constructor(folder, name, parts, environment) {
    Object.assign(this, { name, parts, folder, environment, log: join(folder, `${name}.log`) });
  }

  async start() {
    const log = openSync(this.log, 'w');
    const further = process.env.OPTIONS?.split(' ') ?? []; // of the virtual machine
    const options = [`@${join(ROOT, 'target/courier.options')}`, ...further];
    this.process = spawn('java', [...options, '-jar', join(ROOT, 'target/courier.jar'), ...this.parts], {
      cwd: this.folder, env: { ...process.env, ...this.environment }, stdio: ['ignore', log, log],
    });
    while (!readFileSync(this.log, 'utf8').includes('Courier is ready')) {
      if (this.process.exitCode !== null) throw new Error(readFileSync(this.log, 'utf8'));
      await sleep(100);
    }
  }

  get pid() {
    return this.process.pid;
  }

  /** By SIGKILL. */
  kill() {
    return new Promise((done) => { this.process.once('exit', done).kill('SIGKILL'); });
  }

  /** In KiB. */
  get residentMemory() {
    return +/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${this.pid}/status`, 'utf8'))[1];
  }

  get cpu() {
    return cpu(this.pid);
  }

  /** In bytes, what is alive. The serial collector leaves gaps, and counts them, but for every fourth collection. */
  get heap() {
    const histogram = () => execFileSync('jcmd', [this.pid, 'GC.class_histogram'], { encoding: 'utf8', maxBuffer: 1e8 });
    return Math.min(...Array.from({ length: 4 }, () => +/^Total\s+\d+\s+(\d+)/m.exec(histogram())[1]));
  }
}

/**
 * environment: further variables of all parts, such as {CLIENT_B_NAME: '*'}; before: what to do with Kafka before client B
 * starts; at: where it is, beside another one
 */
export async function courier(instances = 1, environment = {}, before = () => {}, { name = 'live', first = FIRST_PORT } = {}) {
  const folder = join(ROOT, 'target', name), scheme = environment.TLS_CERTIFICATE ? 'https' : 'http';
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(join(ROOT, 'routes'), join(folder, 'routes'), { recursive: true });
  cpSync(join(ROOT, 'application.properties'), join(folder, 'application.properties'));
  const ports = (offset) => ({
    KAFKA_BROKERS: `localhost:${first + 92}`,
    MONGODB_URI: `mongodb://localhost:${first + 17}/courier`,
    CLIENT_A_HTTP_PORT: first,
    CLIENT_A_MANAGEMENT_PORT: first + 100,
    CLIENT_B_HTTP_PORT: first + offset + 1,
    CLIENT_B_MANAGEMENT_PORT: first + offset + 101,
    CLIENT_B_SOCKETIO_PORT: first + offset + 2,
    ...environment,
  });
  const all = [
    new Part(folder, 'rest', ['kafka', 'mongodb', 'client-a'], ports(0)),
    ...Array.from({ length: instances }, (_, i) => new Part(folder, `client-b-${i}`, ['client-b'], ports(200 * i))),
  ];
  process.on('exit', () => all.forEach((part) => part.process?.kill('SIGKILL')));
  process.on('SIGINT', () => process.exit(1)).on('SIGTERM', () => process.exit(1));
  const [rest, ...clientBs] = all, brokers = ports(0).KAFKA_BROKERS;
  await rest.start();
  await before(brokers);
  for (const part of clientBs) await part.start();
  return {
    brokers,
    mongodb: ports(0).MONGODB_URI,
    a: `${scheme}://localhost:${first}`,
    b: all.slice(1).map((_, i) => `${scheme}://localhost:${first + 200 * i + 1}`),
    rest,
    instances: clientBs,
    /** {NAME: {heap, residentMemory}} of every process. */
    parts: () => Object.fromEntries(all.map(({ name, heap, residentMemory }) => [name, { heap, residentMemory }])),
  };
}
