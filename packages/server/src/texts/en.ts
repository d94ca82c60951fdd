import type { Notices, Texts } from './texts.ts';

/** English messages; one segment each for app names of up to 30 characters. */
export const en: Texts = {
  SignIn: '{{code}} is your code to sign in to {{appName}}. It expires in {{expiresInMinutes}} minutes.',
  Register: '{{code}} is your code to sign up at {{appName}}. It expires in {{expiresInMinutes}} minutes.',
  MfaVerification: 'Your {{appName}} code is {{code}}. It expires in {{expiresInMinutes}} minutes. Do not share it.',
  BindMfa:
    '{{code}} is your code to set up 2-step verification at {{appName}}. It expires in {{expiresInMinutes}} minutes.',
  ForgotPassword:
    '{{code}} is your code to reset your {{appName}} password. It expires in {{expiresInMinutes}} minutes.',
  UserPermissionValidation:
    '{{code}} is your code to go on at {{appName}}. It expires in {{expiresInMinutes}} minutes.',
  BindNewIdentifier:
    '{{code}} is your code to add this address to {{appName}}. It expires in {{expiresInMinutes}} minutes.',
  Generic: 'Your {{appName}} code is {{code}}. It expires in {{expiresInMinutes}} minutes.',
};

/** What a user is told of a change; each says what to do if it was somebody else. */
export const enNotices: Notices = {
  'factor-added':
    'A way to verify was added to your {{appName}} account. Was it not you? Sign in, remove it, and change your password.',
  'factor-removed':
    'A way to verify was removed from your {{appName}} account. Was it not you? Sign in and change your password.',
  'backup-code-used':
    'A backup code of your {{appName}} account was used; {{left}} are left. Was it not you? Change your password now.',
  'backup-codes-low':
    'A backup code of your {{appName}} account was used. Codes left: {{left}}. Make new ones. Was it not you? Change your password.',
  'recovery-pass':
    'A pass to recover your {{appName}} account was given out. Did you not ask for one? Tell {{appName}} now.',
  'wrong-codes':
    'Somebody who knows your {{appName}} password has typed wrong codes ten times. Was it not you? Change your password now.',
  'password-reset': 'Your {{appName}} password was changed. Was it not you? Reset it again now.',
};
