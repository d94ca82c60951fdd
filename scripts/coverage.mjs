import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './run.mjs';

/** Where the list of what is tested stands. */
export const page = join(root, 'docs/security/coverage.md');

const titleOf = /\b(?:describe|it|test)\(\s*(?:'([^'\n]+)'|`([^`\n]+)`)/gu;
const idsOf = /(?:^|: )([A-Z]\d+(?:, [A-Z]\d+)*): /u;

const titlesIn = (file) =>
  [...readFileSync(join(root, 'test', file), 'utf8').matchAll(titleOf)].map(([, plain, template]) => {
    const title = plain ?? template;
    return { file: `test/${file}`, title, ids: idsOf.exec(title)?.[1].split(', ') ?? [] };
  });

/** The titles of tests that carry ids of requirements. */
export const titles = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .toSorted()
  .flatMap(titlesIn)
  .filter(({ ids }) => ids.length > 0);

/** Each requirement with its tests. */
export const rows = JSON.parse(readFileSync(join(root, 'docs/security/requirements.json'), 'utf8')).map((row) => ({
  ...row,
  tests: titles.filter(({ ids }) => ids.includes(row.id)),
}));

const cell = (text) => text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
const line = ({ id, says, tests }) => {
  const shown = tests.map(({ title, file }) => `${cell(title)} (${file})`).join('<br>');
  return `| ${id} | ${says} | ${shown || '**not tested**'} |`;
};

/** How many requirements have a test, and how many there are. */
export const figure = { tested: rows.filter(({ tests }) => tests.length > 0).length, all: rows.length };

/** The page as it has to be. */
export const text = `${figure.tested} of ${figure.all} rows have a test.

A title that carries the id counts; whether it covers all of the row is for its reader to judge. Written by \`npm run coverage\`.

<!-- prettier-ignore-start -->

| id | what must hold | tests |
| --- | --- | --- |
${rows.map(line).join('\n')}

<!-- prettier-ignore-end -->
`;

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) writeFileSync(page, text);
