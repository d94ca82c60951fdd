import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root, sources } from '../support/sources.ts';

/** Each sheet of ours, by its file: those of the elements, and those of pages. */
const sheets = (): [path: string, css: string][] => {
  const read = (path: string): string => readFileSync(join(root, path), 'utf8');
  const inElements = sources
    .filter(({ package: name }) => name === 'elements' || name === 'factors')
    .flatMap(({ path }) =>
      [...read(path).matchAll(/\bcss`([^`]*)`/gu)].map(([, css = '']): [string, string] => [path, css]),
    );
  const folders = ['packages/demo/src', 'stories', 'examples'];
  const files = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`),
  );
  return [
    ...inElements,
    ...files.filter((file) => file.endsWith('.css')).map((file): [string, string] => [file, read(file)]),
  ];
};

/** What names a side of the screen. */
const physical = [
  /(?<![-\w])(?:left|right)\s*:/gu,
  /(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)/gu,
  /border-(?:top|bottom)-(?:left|right)-radius/gu,
  /(?:text-align|float|clear)\s*:\s*(?:left|right)/gu,
];

/** Four values in a row, of which the second and the fourth are the right and the left side. */
const fourSides = /(?:margin|padding|inset|border-width|border-style|border-color|border-radius)\s*:\s*([^;{}]+);/gu;

/** Splits at spaces, but not within brackets. */
const parts = (value: string): string[] => value.match(/(?:[^\s()]|\((?:[^()]|\([^()]*\))*\))+/gu) ?? [];

const lopsided = (css: string): string[] =>
  [...css.matchAll(fourSides)].flatMap(([text, value = '']) => {
    const [, second, , fourth] = parts(value.replace(/!important/u, ''));
    return fourth !== undefined && second !== fourth ? [text] : [];
  });

/** Shapes that are the same whichever way one reads. */
const unturned = ['border-width: 0 0 2px 2px;', 'border-width: 0 0 4px 4px;'];

test('no sheet names a side of the screen where it means the beginning or the end of a line', () => {
  const all = sheets();
  assert.ok(all.length > 10);
  const found = all.flatMap(([path, css]) => {
    const named = physical.flatMap((pattern) => [...css.matchAll(pattern)].map(([text]) => text));
    return [...named, ...lopsided(css)].filter((text) => !unturned.includes(text)).map((text) => `${path}: ${text}`);
  });
  assert.deepEqual(found, []);
});
