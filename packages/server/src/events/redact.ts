/*
 * The one place that decides what a log or an event may say. Most of what comes here is ours and harmless; what providers
 * and libraries say, and what administrators type, is not.
 */

const hidden = '••••';

/** Six digits or more, as codes and numbers have, however they are grouped; but not the day of a time in ISO 8601. */
const digits = /(?<!\d)\+?(?!\d{4}-\d\d-\d\dT\d)\d(?:[\s(),.-]{0,2}\d){5,}/gu;
const address = /[\w.+-]+@([\w-]+(?:\.[\w-]+)+)/gu;
/** What is random enough to be a token, a key or a proof; words of small letters alone are the code of an error. */
const token = /(?![a-z_]+(?![\w-]))[\w-]{32,}(?:\.[\w-]+)*/gu;
/** Backup codes and passes; a word of four letters before one is taken for its beginning, so the end is left open. */
const paperCode = /\b[0-9A-HJKMNP-TV-Z]{4}(?:[ -]?[0-9A-HJKMNP-TV-Z]{4}){3,}\b/giu;
/** An authenticator's key in base 32. */
const key = /\b[A-Z2-7]{26,}\b/gu;
/** Breaks of lines, and what terminals obey. */
const control = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;

/** A text without codes, secrets, numbers and addresses in full; line breaks stay. */
const withoutSecrets = (text: string): string =>
  text
    .replace(address, `${hidden}@$1`)
    .replace(token, hidden)
    .replace(paperCode, hidden)
    .replace(key, hidden)
    .replace(digits, hidden);

/** The text in one line, which nobody can end and begin another with. */
export const oneLine = (text: string): string => text.replace(control, ' ');

/** One line that may be kept and shown. */
export const redactText = (text: string): string => withoutSecrets(oneLine(text));

const redactValue = (value: unknown): unknown => {
  if (typeof value === 'string') return withoutSecrets(value);
  return value instanceof Error ? redactError(value) : value;
};

/** An error to be logged: its name, message, stack and causes, and of what else it carries only plain values. */
export const redactError = (error: unknown): unknown => {
  if (!(error instanceof Error)) return redactValue(error);
  const copy = new Error(withoutSecrets(error.message));
  const carried = Object.entries(error).filter(([, value]) => typeof value !== 'object' || value instanceof Error);
  Object.assign(copy, Object.fromEntries(carried.map(([name, value]) => [name, redactValue(value)])));
  if (copy.name !== error.name) copy.name = error.name;
  copy.stack = withoutSecrets(error.stack ?? '');
  if (error.cause !== undefined) copy.cause = redactError(error.cause);
  return copy;
};
