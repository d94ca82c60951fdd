/* npm run verify: everything that has to hold before a push, with one line for each part at the end. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt } from './built.mjs';
import { ensureInstalled } from './install.mjs';
import { filesOf, lanes } from './lanes.mjs';
import { root, tool } from './run.mjs';

const testParts = Object.keys(lanes).map((lane) => [lane, () => runLane(lane)]);
const parts = [['format', checkFormat], ...testParts, ['sizes', checkSizes], ['packages', checkPackages]];

await ensureInstalled();
const lines = [];
for (const [name, check] of parts) {
  console.log(`\n=== ${name} ===`);
  const problem = await check().catch((error) => String(error));
  if (problem) process.exitCode = 1;
  lines.push(`${problem ? 'FAIL' : 'ok  '}  ${name}${problem ? `: ${problem}` : ''}`);
}
console.log(`\n${lines.join('\n')}`);

async function checkFormat() {
  return (await tool('prettier', ['--check', '.'])) === 0 ? '' : 'run npm run format';
}

async function runLane(lane) {
  const { passed, failed } = await lanes[lane](filesOf(lane, []));
  return failed === 0 && passed > 0 ? '' : `${passed} passed, ${failed} failed`;
}

async function checkSizes() {
  await ensureBuilt();
  // Imported late: what it needs may have been installed only now.
  const { overBudget } = await import('./sizes.mjs');
  return (await overBudget()).join(', ');
}

/** publint finds what would break for those who install a package: entries, types, files left out. */
async function checkPackages() {
  const wrong = [];
  for (const name of readdirSync(join(root, 'packages'))) {
    const manifest = JSON.parse(readFileSync(join(root, 'packages', name, 'package.json'), 'utf8'));
    if (manifest.private) continue;
    if ((await tool('publint', ['run', `packages/${name}`, '--strict'])) !== 0) wrong.push(manifest.name);
  }
  return wrong.join(', ');
}
