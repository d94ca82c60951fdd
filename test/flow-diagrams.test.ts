import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { arrowsOf, diagramOf, settingUp, verifying } from './support/flow-diagram.ts';

const file = new URL('../docs/flows.md', import.meta.url);

/** Between its two marks a document holds what is made from the code. */
const put = (text: string, mark: string, diagram: string): string => {
  const [before, after] = [`<!-- ${mark}: made by npm run diagrams -->`, `<!-- ${mark}: end -->`];
  const [start, end] = [text.indexOf(before), text.indexOf(after)];
  assert.ok(start >= 0 && end > start, `docs/flows.md has no place for the diagram "${mark}"`);
  return `${text.slice(0, start)}${before}\n\n${diagram}\n\n${text.slice(end)}`;
};

test('docs/flows.md shows the setup and verification machines as the code has them', async () => {
  const text = await readFile(file, 'utf8');
  const diagrams = [
    ['setting up', await arrowsOf(settingUp)],
    ['verifying', await arrowsOf(verifying)],
  ] as const;
  const made = diagrams.reduce((whole, [mark, arrows]) => put(whole, mark, diagramOf(arrows)), text);
  if (process.env['UPDATE_DIAGRAMS']) await writeFile(file, made);
  else assert.equal(text, made, 'run `npm run diagrams`');
  for (const [, arrows] of diagrams) assert.ok(arrows.some((arrow) => arrow.includes('--> complete')));
});
