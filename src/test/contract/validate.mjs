// Has the field's own validators look at the documents of a Courier that runs; see documents.mjs.
//   npm ci && npm run validate
import { Parser } from '@asyncapi/parser';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fetchAll, HERE } from './documents.mjs';

let failed = 0;

function report(what, holds, said) {
  console.log(`${holds ? 'ok    ' : 'FAILED'} ${what}${said ? `\n${said}` : ''}`);
  if (!holds) failed++;
}

function run(what, command, ...args) {
  const { status, stdout, stderr } = spawnSync('npx', [command, ...args], { cwd: HERE, encoding: 'utf8' });
  report(what, status === 0, (stdout + stderr).trim());
}

const files = await fetchAll();
const openapi = [files['client-a.openapi.json'], files['client-b.openapi.json']];
for (const file of openapi) run(`redocly: ${file}`, 'redocly', 'lint', file, '--config', 'redocly.yaml');
for (const file of openapi) run(`spectral: ${file}`, 'spectral', 'lint', file, '--ruleset', 'spectral.yaml', '--fail-severity', 'warn');
const asyncapi = files['asyncapi.json'];
run(`spectral: ${asyncapi}`, 'spectral', 'lint', asyncapi, '--ruleset', 'spectral.yaml', '--fail-severity', 'warn');
const { document, diagnostics } = await new Parser().parse(readFileSync(asyncapi, 'utf8'));
const said = diagnostics.map(({ path, message, severity }) => `  ${severity} ${path.join('/')}: ${message}`);
report(`@asyncapi/parser: ${asyncapi}`, document !== undefined && diagnostics.every(({ severity }) => severity > 1), said.join('\n'));
process.exit(failed ? 1 : 0);
