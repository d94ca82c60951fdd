import { comesLate, meetsLock, meetsWait, mistypes, sendsAgain } from './journeys/codes.ts';
import { addsApp, addsPhone, givesUpPasskey, hasNoPasskey, keepsAccount } from './journeys/factors.ts';
import { choosesBackup, recovers, resetsPassword, signsIn, signsUp } from './journeys/own.ts';
import type { Person } from './person.ts';

/** One way through each flow, by the keyboard alone; what is looked at on the way is the affair of who goes along. */
export const journeys = {
  'signing up': signsUp,
  'signing in with a text message, after a wrong password': signsIn,
  'a wrong code': mistypes,
  'a code that has expired': comesLate,
  'a code that is sent again': sendsAgain,
  'adding a phone': addsPhone,
  'adding an authenticator app': addsApp,
  'a passkey that is not at hand, and a choice': givesUpPasskey,
  'a passkey that is not at hand, and nothing else': hasNoPasskey,
  'signing in with a backup code': choosesBackup,
  'resetting a password': resetsPassword,
  'recovering an account': recovers,
  'an account: renaming and removing': keepsAccount,
  'too many codes': meetsWait,
  'locked for good': meetsLock,
} satisfies Record<string, (person: Person) => Promise<void>>;
