import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from './support/sources.ts';

const program = `
  const { text, figure, titles } = await import('./scripts/coverage.mjs');
  console.log(JSON.stringify({ text, figure, ids: titles.flatMap(({ ids }) => ids) }));
`;
const run = execFileSync(process.execPath, ['--input-type=module', '-e', program], { cwd: root, encoding: 'utf8' });
const { text, figure, ids }: { text: string; figure: { tested: number; all: number }; ids: string[] } = JSON.parse(run);

test('docs/security/coverage.md is what npm run coverage writes', (t) => {
  t.diagnostic(`rows tested / all: ${figure.tested} / ${figure.all}`);
  assert.equal(readFileSync(join(root, 'docs/security/coverage.md'), 'utf8'), text);
});

test('no title carries an id of these parts that is in no list', () => {
  const list = readFileSync(join(root, 'docs/security/requirements.json'), 'utf8');
  const unknown = ids.filter((id) => /^[A-JMQ]/u.test(id) && !list.includes(`"id": "${id}"`));
  assert.deepEqual(unknown, []);
});
