// Calls from a script to the processes it forks.
import { fork } from 'node:child_process';

export const now = () => Number(process.hrtime.bigint()) / 1e6; // ms, the same clock in all processes
export const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
export const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

/** A process of this script whose exported commands can be called: await child.NAME(...arguments). */
export function start(script) {
  const process = fork(new URL(script, import.meta.url)), waiting = new Map();
  let last = 0;
  process.on('message', ({ id, result, error }) => {
    const { resolve, reject } = waiting.get(id);
    waiting.delete(id);
    if (error) reject(new Error(error));
    else resolve(result);
  });
  return new Proxy({ pid: process.pid }, {
    get: (target, name) => target[name] ?? (name === 'then' ? undefined : (...args) => new Promise((resolve, reject) => {
      waiting.set(++last, { resolve, reject });
      process.send({ id: last, name, args });
    })),
  });
}

/** The other end: what may be called. */
export function serve(commands) {
  process.on('message', async ({ id, name, args }) => {
    try {
      process.send({ id, result: await commands[name](...args) });
    } catch (error) {
      process.send({ id, error: error.stack });
    }
  });
  process.on('disconnect', () => process.exit());
}
