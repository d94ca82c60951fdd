import type { ErrorCode, ErrorDetails } from '@countersign/core/errors';
import { languageOfTexts, msg, str } from './localize.ts';

/** A problem, as far as its sentence goes. */
export interface Refusal extends ErrorDetails {
  code: ErrorCode;
}

/** What a person reads, by the code of a refusal. */
export type Sentences = Partial<Record<ErrorCode, (details: ErrorDetails) => string>>;

/** A wait as people say it; rounded up, so that nobody comes back too early. */
const waitText = (seconds: number): string => {
  const say = (unit: string, size: number): string =>
    new Intl.NumberFormat(languageOfTexts(), { style: 'unit', unit, unitDisplay: 'long' }).format(
      Math.ceil(seconds / size),
    );
  if (seconds < 60) return say('second', 1);
  return seconds <= 59 * 60 ? say('minute', 60) : say('hour', 3600);
};

const usedUp = (): string => msg('There are no tries left for this code. Send a new one.');

const mismatch = ({ attemptsLeft = 0, reason }: ErrorDetails): string => {
  if (attemptsLeft === 0) return usedUp();
  const left = attemptsLeft === 1 ? msg('1 try left.') : msg(str`${attemptsLeft} tries left.`);
  const wrong =
    reason === 'superseded'
      ? msg('That code is from an earlier message. Use the newest one.')
      : msg('That code is not right.');
  return `${wrong} ${left}`;
};

const limited = ({ retryAfter = 0, reason }: ErrorDetails): string => {
  const wait = waitText(retryAfter);
  if (reason === 'wait') return msg(str`A new code can be sent in ${wait}.`);
  return msg(str`Too many codes were sent. Try again in ${wait}.`);
};

/** The refusals that any step may meet. */
const sentences: Sentences = {
  'verification_code.code_mismatch': mismatch,
  'verification_code.expired': () => msg('The code has expired. Send a new one.'),
  'verification_code.exceed_max_try': usedUp,
  'connector.rate_limit_exceeded': limited,
  'connector.general': () => msg('The message could not be sent. Try again, or use another way.'),
  'session.verification_blocked_too_many_attempts': ({ retryAfter = 0 }) =>
    msg(str`Too many tries. Try again in ${waitText(retryAfter)}.`),
  'session.mfa.factor_locked': () => msg('There were too many wrong codes.'),
  'guard.invalid_input': () => msg('Something is missing here. Check what you typed.'),
};

/**
 * The sentence a person reads for a refusal; one that is always true where the code is not known. `more` are the
 * sentences of a step that meets refusals of its own.
 */
export const errorText = (problem: Refusal | null, more: Sentences = {}): string =>
  (problem && (more[problem.code] ?? sentences[problem.code])?.(problem)) ?? msg('Something went wrong. Try again.');

/** Whether the refusal is about what was typed, so that it stands below the field. */
export const concernsInput = ({ code }: Refusal): boolean =>
  /^(?:verification_code|user|password|guard)\.|\.invalid_/u.test(code);
