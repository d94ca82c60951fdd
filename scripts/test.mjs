/*
 * npm test                             everything
 * npm test -- --lane node              one lane: lint, types, node, browser or e2e (may be repeated)
 * npm test -- server/limits            only test files whose path contains one of the words
 */
import { parseArgs } from 'node:util';
import { ensureInstalled } from './install.mjs';
import { filesOf, isFileLane, lanes } from './lanes.mjs';

const { values, positionals: words } = parseArgs({
  allowPositionals: true,
  options: { lane: { type: 'string', multiple: true } },
});
const wanted = values.lane ?? Object.keys(lanes).filter((lane) => words.length === 0 || isFileLane(lane));
const unknown = wanted.find((lane) => !(lane in lanes));
if (unknown) {
  console.error(`There is no lane "${unknown}"; the lanes are ${Object.keys(lanes).join(', ')}.`);
  process.exit(1);
}

const sum = { passed: 0, failed: 0 };
await ensureInstalled();
for (const lane of wanted) {
  const files = filesOf(lane, words);
  if (isFileLane(lane) && files.length === 0) continue;
  console.log(`\n=== ${lane} ===`);
  const started = Date.now();
  const { passed, failed } = await runLane(lane, files);
  sum.passed += passed;
  sum.failed += failed;
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(`${lane}: ${passed} passed, ${failed} failed in ${seconds} s`);
}
if (sum.passed + sum.failed === 0) console.error('No test ran.');
console.log(`\n${sum.passed} passed, ${sum.failed} failed`);
process.exitCode = sum.failed > 0 || sum.passed === 0 ? 1 : 0;

async function runLane(lane, files) {
  try {
    return await lanes[lane](files);
  } catch (error) {
    console.error(error);
    return { passed: 0, failed: 1 };
  }
}
