import type { Channel } from '@countersign/core/code-stage';
import type { Usage } from '@countersign/core/connector';
import type { Templates } from '../settings/templates.ts';
import { en, enNotices } from './en.ts';

/** A template per usage; `{{code}}`, `{{expiresInMinutes}}` and `{{appName}}` are filled in. */
export type Texts = Readonly<Record<Usage, string>>;

/** Changes that a user is told of, whoever made them. */
export type NoticeType =
  | 'factor-added'
  | 'factor-removed'
  | 'backup-code-used'
  | 'backup-codes-low'
  | 'password-reset'
  | 'recovery-pass'
  | 'wrong-codes';

/** A text per change; `{{appName}}` is filled in, and `{{left}}` where a backup code was used. */
export type Notices = Readonly<Record<NoticeType, string>>;

/** Which text is meant. */
export interface Letter {
  usage: Usage;
  channel: Channel;
  /** BCP 47. */
  locale: string;
  /** The site that the code is for; null where no page asked for it. */
  host: string | null;
  /** The operator's own texts. */
  templates: Templates;
}

/** What a template may name. */
export interface Variables {
  appName: string;
  code: string;
  expiresInMinutes: number;
}

const locales: Readonly<Record<string, { texts: Texts; notices: Notices }>> = {
  en: { texts: en, notices: enNotices },
};

/** Falls back from the region to the language to English. */
const inLanguage = <Value>(values: Readonly<Record<string, Value>>, locale: string): Value | undefined =>
  values[locale] ?? values[locale.split('-', 1)[0] ?? ''] ?? values['en'];

/** The operator's own text for it, then their general one, then ours. */
const templateFor = ({ usage, locale, templates }: Letter): string =>
  inLanguage(templates[usage] ?? {}, locale) ??
  inLanguage(templates.Generic ?? {}, locale) ??
  (inLanguage(locales, locale)?.texts ?? en)[usage];

/** Line breaks in a name could forge the last line, which phones read. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');

const fill = (template: string, values: Readonly<Record<string, string>>): string =>
  template.replace(/\{\{(\w+)\}\}/gu, (_, name: string) => values[name] ?? '');

/** A voice makes a pause at a comma, and reads digits that are joined as one large number. */
const spelled = (code: string): string => [...code].join(', ');

/**
 * The text of a message in the person's language; plain, whatever reads it out. What is heard can't be looked at again, so
 * it is said twice, the code digit by digit. In a text message the last line binds the code to the site, in the format of
 * the WICG draft "Origin-bound one-time codes", so that phones offer it there and nowhere else.
 */
export const writeMessage = (letter: Letter, variables: Variables): string => {
  const { appName, code, expiresInMinutes } = variables;
  const { channel, host } = letter;
  const isHeard = channel === 'voice';
  const values = {
    appName: oneLine(appName),
    code: isHeard ? spelled(code) : code,
    expiresInMinutes: String(expiresInMinutes),
  };
  const text = fill(templateFor(letter), values);
  if (isHeard) return `${text} ${text}`;
  return channel === 'sms' && host !== null ? `${text}\n\n@${host} #${code}` : text;
};

/** The text that tells a user of a change, in the person's language. */
export const writeNotice = (
  { type, left = 0 }: { type: NoticeType; left?: number },
  { locale, appName }: { locale: string; appName: string },
): string =>
  fill((inLanguage(locales, locale)?.notices ?? enNotices)[type], { appName: oneLine(appName), left: String(left) });
