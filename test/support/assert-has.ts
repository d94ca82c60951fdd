import assert from 'node:assert/strict';

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** The part of `actual` that `expected` speaks of. */
const project = (actual: unknown, expected: unknown): unknown => {
  if (Array.isArray(expected))
    return Array.isArray(actual)
      ? actual.map((item, i) => (i in expected ? project(item, expected[i]) : item))
      : actual;
  if (!isObject(expected) || !isObject(actual)) return actual;
  return Object.fromEntries(Object.keys(expected).map((key) => [key, project(actual[key], expected[key])]));
};

/** Asserts that `actual` has everything that `expected` names; arrays must have the same length. */
export const assertHas = (actual: unknown, expected: unknown, message?: string): void =>
  assert.deepEqual(project(actual, expected), expected, message);
