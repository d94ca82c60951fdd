import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ensureStorybook } from '../scripts/built.mjs';
import { describeFinding } from '../scripts/screenshots/findings.mjs';
import { takeScreenshots } from '../scripts/screenshots/take.mjs';

test('every story is whole, apart and readable in every look', async (t) => {
  await ensureStorybook();
  const { stories, looks, findings } = await takeScreenshots();
  const lines = findings.map(describeFinding);
  t.diagnostic(`${stories.length} stories`);
  t.diagnostic(`looks: ${looks.map(({ name }) => name).join(', ')}`);
  t.diagnostic(`${stories.length * looks.length} pictures`);
  t.diagnostic(`${lines.length} findings`);
  for (const line of lines) t.diagnostic(line);
  assert.ok(stories.length > 100);
  assert.deepEqual(lines, []);
});
