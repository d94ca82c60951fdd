import type { Sentences } from '../error-text.ts';
import { msg } from '../localize.ts';

/** Why an account could not be read or changed. */
export const accountSentences: Sentences = {
  'account.last_factor': () => msg('This is your only way to verify, and one is required. Add another one first.'),
  'account.not_found': () => msg('This has changed in the meantime. Below is how it is now.'),
  'session.mfa.stronger_factor_required': () =>
    msg('This takes a way to verify that is at least as strong. Add one first.'),
  'session.not_found': () => msg('You are signed out. Sign in again to change your account.'),
  'session.step_up_required': () => msg('Too much time passed since you confirmed. Do it once more.'),
};
