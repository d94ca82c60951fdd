import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from './support/sources.ts';

const program = `
  const { text, figures, titles, defects } = await import('./scripts/coverage.mjs');
  const known = defects.flatMap(({ ids }) => ids);
  console.log(JSON.stringify({ text, figures, ids: titles.flatMap(({ ids }) => ids), known, defects: titles.flatMap(({ defects }) => defects) }));
`;

interface Figure {
  tested: number;
  all: number;
}

const run = execFileSync(process.execPath, ['--input-type=module', '-e', program], { cwd: root, encoding: 'utf8' });
const {
  text,
  figures,
  ids,
  known,
  defects,
}: Record<'ids' | 'known' | 'defects', string[]> & {
  text: string;
  figures: { rows: Figure; defects: Figure };
} = JSON.parse(run);

test('docs/security/coverage.md is what npm run coverage writes', (t) => {
  t.diagnostic(`rows tested / all: ${figures.rows.tested} / ${figures.rows.all}`);
  t.diagnostic(`defects tested / all: ${figures.defects.tested} / ${figures.defects.all}`);
  assert.equal(readFileSync(join(root, 'docs/security/coverage.md'), 'utf8'), text);
});

test('each row has a test, or is excused by a decision; at most eight are', () => {
  assert.ok(!/^\| [A-Z]\d+ .*\*\*not tested\*\*/mu.test(text));
  assert.ok(figures.rows.all - figures.rows.tested <= 8);
});

test('Q4: each defect of the list has a test whose title carries its id', () => {
  assert.ok(figures.defects.all >= 83);
  assert.equal(figures.defects.tested, figures.defects.all);
});

test('no title carries an id of these parts that is in no list', () => {
  const list = readFileSync(join(root, 'docs/security/requirements.json'), 'utf8');
  const unknown = ids.filter((id) => /^[A-MQ]/u.test(id) && !list.includes(`"id": "${id}"`));
  assert.deepEqual([unknown, defects.filter((id) => !known.includes(id))], [[], []]);
});
