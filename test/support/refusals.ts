import assert from 'node:assert/strict';
import { errorKinds } from '@countersign/core/errors';

/** What all objects have, as it is now. */
export const inherited = (): unknown =>
  [Object.prototype, Array.prototype, Function.prototype].map(Object.getOwnPropertyDescriptors);

const known = new Set([
  'type',
  'title',
  'status',
  'code',
  'attemptsLeft',
  'retryAfter',
  'reason',
  'path',
  'detail',
  'flow',
]);

/** An answer, as far as tests look at it. */
export interface Answered {
  status: number;
  code: string;
  path?: string;
}

/** An answer that was read. */
export interface Answer {
  status: number;
  headers: Headers;
  body: unknown;
}

/** Sees that an answer is none of a failure, and where it refuses a problem as documented. */
export const answered = ({ status, headers, body }: Answer, what: string): Answered => {
  assert.ok(status < 500, `${what} gave ${status}: ${told(body)}`);
  if (status < 400) return { status, code: '' };
  assert.equal(headers.get('content-type'), 'application/problem+json', what);
  const problem = body as Answered & Record<string, unknown>;
  assert.deepEqual(
    Object.keys(problem).filter((key) => !known.has(key)),
    [],
    what,
  );
  assert.ok(problem.code in errorKinds && problem.status === status, `${what}: ${told(body)}`);
  if (problem.code === 'guard.invalid_input') assert.equal(typeof problem.path, 'string', what);
  return problem;
};

/** A value as a message can show it. */
export const told = (value: unknown): string => JSON.stringify(value)?.slice(0, 200) ?? 'undefined';

/** Whether a path is that of the field, or leads into it, or to what it lies in. */
const leadsTo = (path: string, field: string): boolean => field.startsWith(path) || path.startsWith(field);

/** Sees that a refusal of what is no text, as no field of these takes it, names the field that was at fault. */
export const assertNamed = ({ code, path = '' }: Answered, field: string, what: string): void => {
  if (code === 'guard.invalid_input') assert.ok(leadsTo(path, field), `${what}: names ${path} for ${field}`);
};
