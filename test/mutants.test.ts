import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/*
 * Each patch of test/mutants takes one guard away; the tests that it names must notice. A few of them here, all of them
 * in `npm run test:long`.
 */

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'test', 'mutants');
const sample = 4;

interface Mutant {
  /** The id of the guard's row and what it sees to. */
  guard: string;
  tests: readonly string[];
  file: string;
}

const readMutant = async (name: string): Promise<Mutant> => {
  const file = join(folder, name);
  const [, guard = '', tests = ''] = /^Guard: (.+)\nTests: (.+)\n/u.exec(await readFile(file, 'utf8')) ?? [];
  assert.ok(guard && tests, `${name} does not begin with its guard and its tests`);
  return { guard, tests: tests.split(' '), file };
};

const names = (await readdir(folder)).filter((name) => name.endsWith('.patch')).toSorted();
/** `all`, or the beginning of some names. Default: a few. */
const { MUTANTS: wanted = '' } = process.env;
const isWanted = (name: string): boolean => wanted === 'all' || (wanted !== '' && name.startsWith(wanted));
const chosen = names.filter(
  (name, place) => isWanted(name) || (wanted === '' && place % Math.ceil(names.length / sample) === 0),
);
const mutants = await Promise.all(chosen.map(readMutant));

const run = promisify(execFile);
let copy = '';

/** The sources once more, with the packages of the workspace being those of the copy. */
before(async () => {
  copy = await mkdtemp(join(tmpdir(), 'countersign-mutants-'));
  const isSource = (path: string): boolean => !/\/(?:dist|node_modules|results)(?:\/|$)/u.test(path.slice(root.length));
  for (const part of ['packages', 'test', 'package.json', 'tsconfig.json']) {
    await cp(join(root, part), join(copy, part), { recursive: true, filter: isSource });
  }
  const modules = join(root, 'node_modules');
  await mkdir(join(copy, 'node_modules', '@countersign'), { recursive: true });
  for (const name of await readdir(modules)) {
    if (name !== '@countersign' && name !== 'countersign')
      await symlink(join(modules, name), join(copy, 'node_modules', name));
  }
  for (const name of await readdir(join(copy, 'packages'))) {
    const link = name === 'countersign' ? name : join('@countersign', name);
    await symlink(join(copy, 'packages', name), join(copy, 'node_modules', link));
    // What a package needs in another version than the others do.
    const own = join(root, 'packages', name, 'node_modules');
    if (existsSync(own)) await symlink(own, join(copy, 'packages', name, 'node_modules'));
  }
});

after(() => rm(copy, { recursive: true, force: true }));

/** How many tests of the files pass and fail, as the copy is now. */
const outcome = async (tests: readonly string[]): Promise<{ pass: number; fail: number }> => {
  const options = ['--conditions=countersign-source', '--import', 'tsx', '--test-reporter=tap'];
  // Without its guard a test may wait for something that never comes.
  const words = [...options, '--test', '--test-timeout=600000', ...tests];
  // A test runner within a test runner would report to the outer one.
  const { NODE_TEST_CONTEXT: _outer, ...env } = process.env;
  const how = { cwd: copy, env, maxBuffer: 2 ** 26 };
  const { stdout } = await run(process.execPath, words, how).catch((failed: { stdout: string }) => failed);
  const number = (word: string): number => Number(new RegExp(`^# ${word} (\\d+)$`, 'mu').exec(stdout)?.[1]);
  return { pass: number('pass'), fail: number('fail') };
};

test('Q1: there are at least forty guards that a test must miss', () => assert.ok(names.length >= 40));

test('Q1: each of the patches fits the code as it is', async () => {
  for (const name of names) await run('git', ['apply', '--check', join(folder, name)], { cwd: copy });
});

for (const { guard, tests, file } of mutants) {
  test(`Q1: taken away, it is missed: ${guard}`, async () => {
    await run('git', ['apply', file], { cwd: copy });
    try {
      const { pass, fail } = await outcome(tests);
      assert.ok(fail > 0, `${tests.join(', ')} pass without it`);
      assert.ok(pass > 0, 'nothing passes, so that it is not the guard that is missed');
    } finally {
      await run('git', ['apply', '-R', file], { cwd: copy });
    }
  });
}

test('Q1: with all guards in their places those tests pass', async () => {
  const tests = [...new Set(mutants.flatMap((one) => one.tests))];
  const { pass, fail } = await outcome(tests);
  assert.ok(pass > 0);
  assert.equal(fail, 0);
});
