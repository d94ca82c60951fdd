import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findBrowser } from './browser.mjs';
import { ensureBuilt, ensureStorybook } from './built.mjs';
import { freePort } from './free-port.mjs';
import { root, run, tool } from './run.mjs';

const oneCheck = (code) => (code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });

/** The lanes in the order they run; each answers with {passed, failed}. */
export const lanes = {
  lint: async () => oneCheck(await tool('oxlint', ['--max-warnings=0'])),
  types: async () => oneCheck((await tool('tsc', ['-b'])) || (await tool('tsc', ['-p', 'test/tsconfig.json']))),
  node: (files) => counted(files, nodeLane),
  browser: (files) => counted(files, browserLane),
  e2e: (files) => counted(files, e2eLane),
};

/** The one test that looks at what the build made. */
const needsBuild = 'test/packaging.test.ts';

/** Those that start processes, or change what the whole process shares. */
const needsItsOwnProcess = /^test\/(?:[^/]+$|server\/node\/|server\/processes|client\/(?:faults|begin-at))/u;

const endings = { node: '.test.ts', browser: '.browser.ts', e2e: '.e2e.ts' };

/** The lane's test files whose path contains one of the words; lint and types have none. */
export function filesOf(lane, words) {
  const ending = endings[lane];
  if (!ending) return [];
  const all = readdirSync(join(root, 'test'), { recursive: true }).map((file) => `test/${file.replaceAll('\\', '/')}`);
  const fits = (file) => words.length === 0 || words.some((word) => file.includes(word));
  return all.filter((file) => file.endsWith(ending) && fits(file)).sort();
}

export const isFileLane = (lane) => lane in endings;

/** Reads the totals that the lane's reporter wrote; a lane that broke before or after them counts as a failure. */
async function counted(files, lane) {
  if (files.length === 0) return { passed: 0, failed: 0 };
  const folder = mkdtempSync(join(tmpdir(), 'countersign-totals-'));
  try {
    const totalsFile = join(folder, 'totals.json');
    const code = await lane(files, totalsFile);
    const { passed, failed } = readTotals(totalsFile);
    return { passed, failed: code === 0 ? failed : Math.max(1, failed) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readTotals(path) {
  try {
    const json = JSON.parse(readFileSync(path, 'utf8'));
    if (!json.stats) return json;
    const { expected, flaky, unexpected } = json.stats;
    return { passed: expected + flaky, failed: unexpected };
  } catch {
    return { passed: 0, failed: 1 };
  }
}

async function nodeLane(files, totalsFile) {
  const built = !files.includes(needsBuild) || (await isBuilt());
  const chosen = built ? files : files.filter((file) => file !== needsBuild);
  // Without names node would look for tests by itself, and take scripts/test.mjs for one.
  if (chosen.length === 0) return 1;
  const reporters = [
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    `--test-reporter=${new URL('node-totals.mjs', import.meta.url)}`,
    `--test-reporter-destination=${totalsFile}`,
  ];
  const options = ['--conditions=countersign-source', '--import', 'tsx/esm', '--test', '--test-concurrency=2'];
  const env = { TSX_TSCONFIG_PATH: join(root, 'test', 'tsconfig.run.json') };
  const shared = shareProcesses(chosen, dirname(totalsFile));
  const code = await run(process.execPath, [...options, ...reporters, ...shared], { env });
  return built ? code : 1;
}

/** A process takes a second to start and to load the product: most files share a few, each of which imports its part. */
function shareProcesses(files, folder) {
  const alone = files.filter((file) => needsItsOwnProcess.test(file));
  const together = files.filter((file) => !needsItsOwnProcess.test(file));
  const parts = Array.from({ length: Math.min(8, together.length) }, (_, part) => {
    const imports = together
      .filter((_file, index) => index % 8 === part)
      .map((file) => `await import(${JSON.stringify(pathToFileURL(join(root, file)).href)});\n`);
    const path = join(folder, `part-${part}.mjs`);
    writeFileSync(path, imports.join(''));
    return path;
  });
  return [...alone, ...parts];
}

/** A build that fails costs its own test, not all those that run from the sources. */
async function isBuilt() {
  try {
    await ensureBuilt();
    return true;
  } catch (error) {
    console.error(error);
    return false;
  }
}

async function browserLane(files, totalsFile) {
  const env = { CHROME_PATH: findBrowser(), TEST_FILES: files.join(','), TOTALS_FILE: totalsFile };
  return tool('wtr', [], { env });
}

async function e2eLane(files, totalsFile) {
  await ensureBuilt();
  if (files.includes('test/stories.e2e.ts')) await ensureStorybook();
  const servers = { DEMO_PORT: await freePort(), STORYBOOK_PORT: await freePort(), DEMO_DATA: `${totalsFile}-data` };
  const env = { CHROME_PATH: findBrowser(), TOTALS_FILE: totalsFile, ...servers };
  return tool('playwright', ['test', '-c', 'test/playwright.config.ts', ...files], { env });
}
