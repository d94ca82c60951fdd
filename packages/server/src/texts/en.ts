import type { Texts } from './texts.ts';

/** English messages; one segment each for app names of up to 30 characters. */
export const en: Texts = {
  Register: '{{code}} is your code to sign up at {{appName}}. It expires in {{expiresInMinutes}} minutes.',
  MfaVerification: 'Your {{appName}} code is {{code}}. It expires in {{expiresInMinutes}} minutes. Do not share it.',
  BindMfa: '{{code}} is your code to add this number to {{appName}}. It expires in {{expiresInMinutes}} minutes.',
};
