import type { ErrorCode, ErrorDetails } from '@countersign/core/errors';
import { msg, str } from './localize.ts';

/** A problem, as far as its sentence goes. */
export interface Refusal extends ErrorDetails {
  code: ErrorCode;
}

/** A wait as people say it; rounded up, so that nobody comes back too early. */
const waitText = (seconds: number): string => {
  if (seconds < 60) return seconds === 1 ? msg('1 second') : msg(str`${seconds} seconds`);
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 60) return minutes === 1 ? msg('1 minute') : msg(str`${minutes} minutes`);
  const hours = Math.ceil(minutes / 60);
  return hours === 1 ? msg('1 hour') : msg(str`${hours} hours`);
};

const mismatch = ({ attemptsLeft = 0, reason }: ErrorDetails): string => {
  if (attemptsLeft === 0) return msg('That code is not right, and there are no tries left. Send a new code.');
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
  return msg(str`Too many codes for this number. Try again in ${wait}, or use another way.`);
};

const sentences: Partial<Record<ErrorCode, (details: ErrorDetails) => string>> = {
  'verification_code.code_mismatch': mismatch,
  'verification_code.expired': () => msg('The code has expired. Send a new one.'),
  'verification_code.exceed_max_try': () => msg('There are no tries left for this code. Send a new one.'),
  'connector.rate_limit_exceeded': limited,
  'connector.general': () => msg('The message could not be sent. Try again, or use another way.'),
  'user.invalid_phone': () => msg('This number cannot receive a code. Check it, or use another one.'),
  'user.phone_exists_in_profile': () => msg('You have added this number already.'),
  'session.mfa.mfa_factor_not_enabled': () => msg('To go on, set up 2-step verification first.'),
  'guard.invalid_input': () => msg('Something is missing here. Check what you typed.'),
};

/** The sentence a person reads for a refusal; one that is always true where the code is not known. */
export const errorText = (problem: Refusal | null): string =>
  (problem && sentences[problem.code]?.(problem)) ?? msg('Something went wrong. Try again.');

/** Whether the refusal is about what was typed, so that it stands below the field. */
export const concernsInput = ({ code }: Refusal): boolean => /^(verification_code|user|guard)\./u.test(code);
