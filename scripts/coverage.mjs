import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './run.mjs';

/** Where the list of what is tested stands. */
export const page = join(root, 'docs/security/coverage.md');

const titleOf = /\b(?:describe|it|test)\(\s*(?:'([^'\n]+)'|`([^`\n]+)`)/gu;
const idsOf = /(?:^|: )([A-Z]\d+(?:, [A-Z]\d+)*): /u;
const defectsOf = /\[((?:CVE-|GHSA-|defect )[^\]]+)\]$/u;

const titlesIn = (file) =>
  [...readFileSync(join(root, 'test', file), 'utf8').matchAll(titleOf)].map(([, plain, template]) => {
    const title = plain ?? template;
    const listed = (ids) => ids.exec(title)?.[1].split(', ') ?? [];
    return { file: `test/${file}`, title, ids: listed(idsOf), defects: listed(defectsOf) };
  });

/** The titles of tests that carry ids of requirements, or of defects elsewhere that do not happen here. */
export const titles = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .toSorted()
  .flatMap(titlesIn)
  .filter(({ ids, defects }) => ids.length + defects.length > 0);

const read = (file) => JSON.parse(readFileSync(join(root, 'docs/security', file), 'utf8'));

/** Each requirement with its tests. */
export const rows = read('requirements.json').map((row) => ({
  ...row,
  tests: titles.filter(({ ids }) => ids.includes(row.id)),
}));

/** Each defect with its tests; one that has several ids needs a title for each. */
export const defects = read('defects.json').map((defect) => {
  const tests = titles.filter((title) => title.defects.some((id) => defect.ids.includes(id)));
  return { ...defect, tests, isTested: defect.ids.every((id) => tests.some((title) => title.defects.includes(id))) };
});

const cell = (text) => text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
const shown = (tests, excused) => {
  const none = excused ? `excused by [a decision](../decisions/${excused})` : '**not tested**';
  return tests.map(({ title, file }) => `${cell(title)} (${file})`).join('<br>') || none;
};
const line = ({ id, says, tests, excused }) => `| ${id} | ${says} | ${shown(tests, excused)} |`;
const defectLine = ({ ids, product, says, tests, isTested }) => {
  const known = isTested ? tests : [];
  return `| ${ids.join('<br>')} | ${product} | ${says} | ${shown(known)} |`;
};

const figureOf = (all, isTested) => ({ tested: all.filter(isTested).length, all: all.length });

/** How many requirements and defects have a test, and how many there are. */
export const figures = {
  rows: figureOf(rows, ({ tests }) => tests.length > 0),
  defects: figureOf(defects, ({ isTested }) => isTested),
};

/** The page as it has to be. */
export const text = `${figures.rows.tested} of ${figures.rows.all} rows, and ${figures.defects.tested} of ${figures.defects.all} defects, have a test.

A title that carries the id counts; whether it covers all of the row is for its reader to judge. Written by \`npm run coverage\`.

<!-- prettier-ignore-start -->

## What must hold

| id | what must hold | tests |
| --- | --- | --- |
${rows.map(line).join('\n')}

## What went wrong elsewhere

Published defects of systems like this one, each with the test that shows that it does not happen here. Those of the nearest system, and what we have
seen in its code, are in [known-defects.md](../known-defects.md).

| id | where | what went wrong | tests |
| --- | --- | --- | --- |
${defects.map(defectLine).join('\n')}

<!-- prettier-ignore-end -->
`;

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) writeFileSync(page, text);
