import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from './support/sources.ts';

const folder = join(root, 'test');
const list = readFileSync(join(root, 'docs/known-defects.md'), 'utf8');
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

/** The titles of every test that carries an id, with the id. */
const carried = files
  .flatMap((file) => [
    ...readFileSync(join(folder, file), 'utf8').matchAll(/\b(?:test|it)\(\s*['`](KD-\d\d: [^'`]+)['`]/gu),
  ])
  .map(([, title = '']) => title)
  .toSorted();

/** The same as docs/known-defects.md has them. */
const listed = [...list.matchAll(/^\| (KD-\d\d) \|[^|]+\| (.+) \|$/gmu)]
  .flatMap(([, id, titles = '']) => titles.split('<br>').map((title) => `${id}: ${title}`))
  .toSorted();

test('docs/known-defects.md lists the tests that carry an id, all of them and no other', () => {
  assert.deepEqual(listed, carried);
});

test('each known defect has an id of its own, in order, and at least one test', () => {
  const ids = [...list.matchAll(/^\| (KD-\d\d) /gmu)].map(([, id = '']) => id);
  assert.ok(ids.length >= 37);
  assert.deepEqual(
    ids,
    ids.map((_id, place) => `KD-${String(place + 1).padStart(2, '0')}`),
  );
  for (const id of ids)
    assert.ok(
      carried.some((title) => title.startsWith(id)),
      id,
    );
});
