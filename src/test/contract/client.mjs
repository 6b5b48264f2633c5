// Generates the types of a client from the documents of a Courier that runs, compiles one that uses them, and runs it:
// a message is sent, found and traced. See documents.mjs.
//   npm ci && npm run client
import { execFileSync } from 'node:child_process';
import { copyFileSync, symlinkSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { fetchAll, FOLDER, HERE } from './documents.mjs';

const run = (command, ...args) => execFileSync('npx', [command, ...args], { cwd: HERE, stdio: 'inherit' });
const files = await fetchAll();
run('openapi-typescript', files['client-a.openapi.json'], '-o', join(FOLDER, 'client-a.d.ts'));
run('openapi-typescript', files['client-b.openapi.json'], '-o', join(FOLDER, 'client-b.d.ts'));
copyFileSync(join(HERE, 'client.mts'), join(FOLDER, 'client.mts'));
const modules = join(FOLDER, 'node_modules');
if (!existsSync(modules)) symlinkSync(join(HERE, 'node_modules'), modules);
run('tsc', '--strict', '--target', 'es2022', '--module', 'nodenext', '--skipLibCheck', '--outDir', FOLDER, join(FOLDER, 'client.mts'));
execFileSync('node', [join(FOLDER, 'client.mjs')], { stdio: 'inherit' });
