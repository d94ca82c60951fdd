import type { Sentences } from './error-text.ts';
import { msg } from './localize.ts';

/** Refusals of a phone number or an e-mail address, for the steps that ask for one. */
export const addressSentences: Sentences = {
  'user.invalid_email': () => msg('Mail cannot reach this address. Check it.'),
  'user.invalid_phone': () => msg('No code reaches this number. Use another.'),
  'user.email_exists_in_profile': () => msg('You have added this address already.'),
  'user.phone_exists_in_profile': () => msg('You have added this number already.'),
};
