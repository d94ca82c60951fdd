import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { root } from '../support/sources.ts';
import { allProperties, documentedSurfaceOf, type ElementClass, elements, surfaceOf } from './support/documented.ts';

const page = readFileSync(join(root, 'docs/elements.md'), 'utf8');

const quoted = (text: string): string[] => [...text.matchAll(/`([^`]+)`/gu)].map(([, name = '']) => name);

/** `CountersignCodeField` is `countersign-code-field`. */
const tagOf = ({ name }: ElementClass): string => name.replaceAll(/\B[A-Z]/gu, '-$&').toLowerCase();

const sectionOf = (heading: string): string => {
  const [, section = ''] = page.split(`\n## ${heading}\n`);
  return section.split('\n## ')[0] ?? '';
};

const sections = new Map([
  ['CountersignAccount', sectionOf('The account')],
  ['CountersignFlowElement', sectionOf('Flow elements')],
]);

/** What the page says of a field, in the row of the table that names it. */
const rowOf = (element: ElementClass): { events: string[]; parts: string[] } => {
  const row = page.split('\n').find((line) => line.startsWith(`| \`<${tagOf(element)}>\``)) ?? '';
  const [, , , events = '', parts = ''] = row.split('|');
  return { events: quoted(events).filter((name) => name.startsWith('countersign-')), parts: quoted(parts).toSorted() };
};

/** What the page says of a flow element or the account, in sentences. */
const saidOf = (section: string): { events: string[]; parts: string[] } => {
  const [, parts = ''] = /Parts: ([^.]+)\./u.exec(section) ?? [];
  const events = [...section.matchAll(/\*\*`([\w-]+)`\*\* is fired/gu)].map(([, name = '']) => name);
  return { events, parts: quoted(parts).toSorted() };
};

/** What others are made of, or a part of the phone field. */
const inside = ['CountersignElement', 'CountersignCountryPicker'];

/** Those that the page lists one by one; the flow elements are described as one. */
const described = elements.filter(
  ({ name, base }) =>
    !inside.includes(name) && (sections.has(name) || /^(?:LitElement|FormField|CountersignElement)$/u.test(base)),
);

describe('what a page can reach of an element', () => {
  test('is looked for in every element', () => {
    assert.ok(elements.length >= 16, `${elements.length} elements`);
    assert.equal(described.length, 9);
  });

  for (const element of elements) {
    test(`is what its class says, and nothing else: ${element.name}`, () => {
      assert.deepEqual(documentedSurfaceOf(element), surfaceOf(element));
    });
  }

  for (const element of described) {
    test(`is what docs/elements.md says of its parts and events: ${element.name}`, () => {
      const section = sections.get(element.name);
      const { events, parts } = surfaceOf(element);
      assert.deepEqual(section === undefined ? rowOf(element) : saidOf(section), { events, parts });
    });
  }

  test('has its slots in docs/elements.md', () => {
    const slots = new Set(elements.flatMap((element) => surfaceOf(element).slots).filter(Boolean));
    const said = [...page.matchAll(/slots?:?[^.]*/giu)].flatMap(([text]) => quoted(text));
    assert.deepEqual(
      [...slots].filter((slot) => !said.includes(slot)),
      [],
    );
  });

  test('can be styled by the custom properties that docs/elements.md lists, and by no others', () => {
    const listed = [...page.matchAll(/^\| `(--countersign-[\w-]+)`/gmu)].map(([, name = '']) => name);
    assert.deepEqual(listed.toSorted(), allProperties);
  });

  for (const theme of ['calm', 'compact', 'contrast']) {
    test(`is styled by the theme ${theme} with properties that there are`, () => {
      const sheet = readFileSync(join(root, `packages/countersign/themes/${theme}.css`), 'utf8');
      const set = [...sheet.matchAll(/^\s*(--[\w-]+):/gmu)].map(([, name = '']) => name);
      assert.ok(set.length > 10);
      assert.deepEqual(
        set.filter((name) => !allProperties.includes(name)),
        [],
      );
    });
  }
});
