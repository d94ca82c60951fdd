import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { must, root, run, tool } from './run.mjs';

const shared = ['package-lock.json', 'tsconfig.json', 'vite.config.ts', 'scripts', 'packages'];

/** Builds all packages, unless what is in the dist folders was built from the same sources. */
export function ensureBuilt() {
  return ensureCurrent('packages/demo/dist/.inputs', shared, () =>
    must('The build', run(process.execPath, ['scripts/build.mjs'])),
  );
}

/** Builds Storybook into storybook-static, unless it shows the same sources already. */
export function ensureStorybook() {
  const args = ['build', '--disable-telemetry', '--quiet', '--output-dir', 'storybook-static'];
  return ensureCurrent('storybook-static/.inputs', [...shared, 'stories', '.storybook'], () =>
    must('The build of Storybook', tool('storybook', args)),
  );
}

/** Runs `make` unless its last run, recorded in the file `stamp`, saw the same inputs. */
async function ensureCurrent(stamp, inputs, make) {
  const path = join(root, stamp);
  const wanted = fingerprint(inputs);
  if (existsSync(path) && readFileSync(path, 'utf8') === wanted) return;
  await make();
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, wanted);
}

/** Of contents, not times: a checkout or a copy changes the times of files that stayed the same. */
function fingerprint(inputs) {
  const hash = createHash('sha256');
  for (const file of inputs.flatMap((input) => filesIn(join(root, input))).sort()) {
    hash.update(relative(root, file)).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

function filesIn(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  const entries = readdirSync(path, { withFileTypes: true });
  const wanted = entries.filter(({ name }) => name !== 'dist' && name !== 'node_modules');
  return wanted.flatMap((entry) => filesIn(join(path, entry.name)));
}
