import createClient from 'openapi-fetch';
import type { paths as PathsOfA } from './client-a.js';
import type { paths as PathsOfB } from './client-b.js';

const a = createClient<PathsOfA>({ baseUrl: process.env.A ?? 'http://localhost:3000' });
const b = createClient<PathsOfB>({ baseUrl: process.env.B ?? 'http://localhost:3001' });

const { data: accepted, error } = await a.POST('/send-message', {
  body: { from: 'clientA', to: 'clientB', message: 'typed' },
});
if (!accepted) throw new Error(error?.detail);
const id: string = accepted.id;

// @ts-expect-error a message has a text
const { error: refused } = await a.POST('/send-message', { body: { from: 'clientA', to: 'clientB' } });
const fields: string[] = refused?.errors?.map(({ field }) => field) ?? [];
if (fields.join() !== 'message') throw new Error(`refused for ${fields.join()}`);

for (let tries = 0; ; tries++) {
  const { data: message } = await b.GET('/messages/{id}', { params: { path: { id } } });
  if (message?.message === 'typed') break;
  if (tries === 100) throw new Error(`${id} is not stored`);
  await new Promise((later) => setTimeout(later, 100));
}
const { data: trace } = await b.GET('/messages/{id}/trace', { params: { path: { id } } });
console.log(`${id} is ${trace?.state}: ${trace?.events.map(({ event }) => event).join(', ')}`);
