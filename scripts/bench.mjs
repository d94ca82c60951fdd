import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt } from './built.mjs';
import { ensureInstalled } from './install.mjs';
import { root, tool } from './run.mjs';

await ensureInstalled();
await ensureBuilt();
// Imported late: what it needs may have been installed only now.
const { budgets, installedPackages, measureEntries } = await import('./sizes.mjs');
const interactions = await import('./interactions.mjs');

const kB = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
const entries = await measureEntries();
const packages = installedPackages();
const late = new Map(entries.flatMap((entry) => entry.late.map(({ name, bytes }) => [name, bytes])));

const rows = [
  ...entries.map(({ name, bytes, budget }) => [name, kB(bytes), kB(budget)]),
  ['late: phone metadata and parser', kB(Math.max(...entries.map(({ phone }) => phone))), kB(budgets.phone)],
  ...[...late].map(([name, bytes]) => [`late: ${name}`, kB(bytes), '']),
  ['packages installed', String(packages.length), String(budgets.packages)],
];
const gestures = await interactions.measureInteractions();
const worst = Math.max(...gestures.map((gesture) => gesture.worst));
const timings = [
  ...gestures.map((gesture) => [gesture.name, `${gesture.worst} ms`, '']),
  ['the worst of them', `${worst} ms`, `${interactions.budget} ms`],
  ['of the budget', (worst / interactions.budget).toFixed(2), ''],
];
const width = Math.max(...[...rows, ...timings].map(([name]) => name.length));
const print = ([name, size, budget]) =>
  console.log(`${name.padEnd(width)}  ${size.padStart(9)}  ${budget.padStart(9)}`);
print(['gzip -9, all static imports included', 'now', 'budget']);
rows.forEach(print);
console.log();
print([`until the next frame, CPU ${interactions.slowdown} times slower`, 'now', 'budget']);
timings.forEach(print);

mkdirSync(join(root, 'bench'), { recursive: true });
writeFileSync(join(root, 'bench', 'results.json'), JSON.stringify({ entries, packages }));
await tool('prettier', ['--log-level=warn', '--write', 'bench/results.json']);
