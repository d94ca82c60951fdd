import type { ErrorDetails } from '@countersign/core/errors';
import type { Sentences } from './error-text.ts';
import { msg, str } from './localize.ts';

/** In which language texts are shown, for the words and plurals that the platform knows. */
const languageOfTexts = (): string => msg('en', { desc: 'The BCP 47 tag of the language translated into' });

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
export const refusals: Sentences = {
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
