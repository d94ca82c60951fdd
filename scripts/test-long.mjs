/*
 * npm run test:long                    every long test
 * npm run test:long -- sequences       only those named
 *
 * What comes of each is written to docs/results/<name>.md.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureInstalled } from './install.mjs';
import { root, run, tool } from './run.mjs';

/** The tests that are run longer than `npm test` has time for, and what makes them so. */
const jobs = {
  sequences: {
    title: 'Random sequences of actions',
    files: ['test/server/sequences.test.ts'],
    env: { SEQUENCES: '20000' },
  },
  schedules: {
    title: 'Orders of answers, for two tabs',
    files: ['test/client/schedules.test.ts'],
    env: { SCHEDULES: '10000' },
  },
  orders: {
    title: 'Orders of gestures and answers, at an element in a browser',
    files: ['test/elements/interleavings.browser.ts'],
    env: { LONG_RUN: 'yes', LONG_ORDERS: '1000' },
  },
  'hostile-input': {
    title: 'Every field of every request, given what it does not ask for',
    files: ['test/server/hostile-input.test.ts', 'test/server/hostile-requests.test.ts'],
    env: { STRINGS: 'all' },
  },
  pumping: {
    title: 'Ten thousand neighbouring numbers',
    files: ['test/server/sends/velocity.test.ts'],
    env: { NEIGHBOURS: '10000' },
  },
  'patient-attacker': {
    title: 'A patient attacker, over ten years',
    files: ['test/server/patient-attacker.test.ts'],
    env: { YEARS: '10' },
  },
  processes: {
    title: 'Four processes on one database',
    files: ['test/server/processes.test.ts'],
    env: { ROUNDS: '100' },
  },
  mutants: {
    title: 'Guards taken away, one at a time',
    files: ['test/mutants.test.ts'],
    env: { MUTANTS: 'all' },
  },
  build: {
    title: 'The same sources, built twice',
    files: ['test/reproducible-build.long.ts'],
    env: {},
  },
  screenshots: {
    title: 'Every story, light and dark, narrow and wide',
    files: ['test/screenshots.long.ts'],
    env: {},
  },
  axe: {
    title: 'Every story in every look, by every rule of axe',
    files: ['test/stories.long.ts'],
    env: {},
  },
  'phone-field': {
    title: 'A phone number of every region, typed, pasted and edited',
    files: ['test/elements/phone-field-*.browser.ts'],
    env: { LONG_RUN: 'yes', BROWSERS: 'chromium' },
  },
};

const words = process.argv.slice(2);
const unknown = words.find((word) => !(word in jobs));
if (unknown) {
  console.error(`There is no long test "${unknown}"; there are ${Object.keys(jobs).join(', ')}.`);
  process.exit(1);
}

await ensureInstalled();
for (const name of words.length > 0 ? words : Object.keys(jobs)) {
  console.log(`\n=== ${name} ===`);
  const result = await play(jobs[name]);
  writeResult(name, result);
  console.log(`${name}: ${result.ok ? 'ok' : 'FAILED'} in ${result.seconds} s`);
  if (!result.ok) process.exitCode = 1;
}

async function play(job) {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-figures-'));
  const figuresFile = join(folder, 'figures.json');
  const runTests = job.files[0].endsWith('.browser.ts') ? runInBrowsers : runInNode;
  const tested = commit();
  const started = Date.now();
  try {
    const code = await runTests(job, figuresFile);
    const seconds = Math.round((Date.now() - started) / 1000);
    return { ok: code === 0, tested, seconds, figures: JSON.parse(readFileSync(figuresFile, 'utf8')) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function runInNode({ files, env }, figuresFile) {
  const reporters = [
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    `--test-reporter=${new URL('node-figures.mjs', import.meta.url)}`,
    `--test-reporter-destination=${figuresFile}`,
  ];
  const loaders = ['--conditions=countersign-source', '--import', 'tsx'];
  return run(process.execPath, [...loaders, '--test', ...reporters, ...files], { env });
}

function runInBrowsers({ files, env }, figuresFile) {
  return tool('wtr', [], { env: { ...env, TEST_FILES: files.join(','), FIGURES_FILE: figuresFile } });
}

function git(...words) {
  return execFileSync('git', words, { cwd: root, encoding: 'utf8' }).trim();
}

/** The commit that was tested; where files were changed since, it says so. */
function commit() {
  const isChanged = git('status', '--porcelain', '--', 'packages', 'test') !== '';
  return git('rev-parse', '--short', 'HEAD') + (isChanged ? ', with changes' : '');
}

function writeResult(name, { ok, tested, seconds, figures }) {
  const { title, files, env } = jobs[name];
  const given = Object.entries(env).map(([key, value]) => `${key}=${value}`);
  const lines = [
    `# ${title}`,
    '',
    `Written by \`npm run test:long -- ${name}\`, which runs \`${files.join(' ')}\`${given.length > 0 ? ` with \`${given.join(' ')}\`` : ''}.`,
    '',
    `- **ok**: ${ok ? 'yes' : 'no'}`,
    `- **date**: ${new Date().toISOString().slice(0, 10)}`,
    `- **commit**: ${tested}`,
    `- **duration**: ${seconds} s`,
    '',
    ...figures.map((figure) => `- ${figure}`),
    '',
  ];
  mkdirSync(join(root, 'docs', 'results'), { recursive: true });
  writeFileSync(join(root, 'docs', 'results', `${name}.md`), `${lines.join('\n').trimEnd()}\n`);
}
