import { CountersignError, type ErrorDetails } from '@countersign/core/errors';
import type { Identifier } from '@countersign/core/identifier';

/** In characters; NIST SP 800-63B-4 §3.1.1.2 wants at least 8 beside a second factor, and 64 allowed. */
export const passwordLength = { minimum: 8, maximum: 128 } as const;

/** The same text typed on another keyboard must be the same password (NIST SP 800-63B-4 §3.1.1.2). */
export const normalizePassword = (password: string): string => password.normalize('NFKC');

/** Shorter parts of names are in many good passwords. */
const shortestName = 4;

const commonPasswords = async (): Promise<ReadonlySet<string>> => {
  const { dictionary } = await import('@zxcvbn-ts/language-common');
  return new Set(dictionary['passwords-common'].map(String));
};
let common: Promise<ReadonlySet<string>> | null = null;

/** What a password must not be made of, because whoever knows the person would try it first. */
const personalParts = ({ type, value }: Identifier, appName: string): string[] => {
  const own = type === 'email' ? [value, value.slice(0, value.indexOf('@'))] : [value.slice(1)];
  return [...own, appName].map((part) => part.toLowerCase()).filter((part) => part.length >= shortestName);
};

const refusalOf = async (
  password: string,
  whose: { identifier: Identifier; appName: string },
): Promise<ErrorDetails['reason'] | null> => {
  const { length } = Array.from(password);
  const lower = password.toLowerCase();
  if (length < passwordLength.minimum) return 'too-short';
  if (length > passwordLength.maximum) return 'too-long';
  if (personalParts(whose.identifier, whose.appName).some((part) => lower.includes(part))) return 'personal';
  common ??= commonPasswords();
  return (await common).has(lower) || new Set(lower).size === 1 ? 'common' : null;
};

/** Refuses a password that is easily guessed, with `password.rejected` and the reason. */
export const checkNewPassword = async (
  password: string,
  whose: { identifier: Identifier; appName: string },
): Promise<void> => {
  const reason = await refusalOf(password, whose);
  if (reason) throw new CountersignError('password.rejected', { reason, path: 'password' });
};
