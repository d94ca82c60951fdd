import type { ErrorCode, ErrorDetails } from '@countersign/core/errors';
import { msg } from './localize.ts';

/** A problem, as far as its sentence goes. */
export interface Refusal extends ErrorDetails {
  code: ErrorCode;
}

/** What a person reads, by the code of a refusal. */
export type Sentences = Partial<Record<ErrorCode, (details: ErrorDetails) => string>>;

let refusals: Sentences = {};

/**
 * Fetches what refusals say: nobody can be refused before the first step is there, which need not wait for it. Until it
 * has come, and if it can't be had, {@link errorText} says what is always true.
 */
export const loadRefusals = async (): Promise<void> => {
  ({ refusals } = await import('./refusals.ts'));
};

/**
 * The sentence a person reads for a refusal; one that is always true where the code is not known. `more` are the
 * sentences of a step that meets refusals of its own.
 */
export const errorText = (problem: Refusal | null, more: Sentences = {}): string => {
  // Without a prototype: `constructor` is no code either.
  const sentences: Sentences & { __proto__: null } = { __proto__: null, ...refusals, ...more };
  return (problem && sentences[problem.code]?.(problem)) ?? msg('Something went wrong. Try again.');
};

/** Whether the refusal is about what was typed, so that it stands below the field. */
export const concernsInput = ({ code }: Refusal): boolean =>
  /^(?:verification_code|user|password|guard)\.|\.invalid_/u.test(code);
