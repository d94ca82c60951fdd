import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { must, root, run } from '../scripts/run.mjs';

const dist = join(root, 'packages', 'countersign', 'dist');

/** What npm users get, file by file; what the compiler keeps for itself is not among it. */
const built = (): Record<string, string> =>
  Object.fromEntries(
    readdirSync(dist, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.parentPath.includes('.tsc'))
      .map(({ parentPath, name }) => join(parentPath, name))
      .sort()
      .map((path) => [path.slice(dist.length), createHash('sha256').update(readFileSync(path)).digest('hex')]),
  );

test('K9: the same sources build the same bytes', async (t) => {
  const build = () => must('The build', run(process.execPath, [join(root, 'scripts', 'build.mjs')]));
  await build();
  const first = built();
  await build();
  assert.deepEqual(built(), first);
  t.diagnostic(`${Object.keys(first).length} files`);
});
