// The documents of a Courier that runs, written to target/contract.
//   A=http://localhost:3000 B=http://localhost:3001
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const HERE = fileURLToPath(new URL('.', import.meta.url));
export const FOLDER = fileURLToPath(new URL('../../../target/contract/', import.meta.url));
const { A = 'http://localhost:3000', B = 'http://localhost:3001' } = process.env;
const ADDRESSES = {
  'client-a.openapi.json': `${A}/openapi.json`,
  'client-b.openapi.json': `${B}/openapi.json`,
  'asyncapi.json': `${B}/asyncapi.json`,
};

/** The paths of the files. */
export async function fetchAll() {
  mkdirSync(FOLDER, { recursive: true });
  const files = {};
  for (const [name, address] of Object.entries(ADDRESSES)) {
    const response = await fetch(address);
    if (!response.ok) throw new Error(`${address} answers with ${response.status}`);
    files[name] = join(FOLDER, name);
    writeFileSync(files[name], JSON.stringify(await response.json(), null, 2));
  }
  return files;
}
