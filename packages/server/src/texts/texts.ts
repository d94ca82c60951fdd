import type { Usage } from '@countersign/core/connector';
import { en, enNotices } from './en.ts';

/** A template per usage; `{{code}}`, `{{expiresInMinutes}}` and `{{appName}}` are filled in. */
export type Texts = Readonly<Record<Usage, string>>;

/** Changes that a user is told of, whoever made them. */
export type NoticeType = 'factor-added' | 'factor-removed' | 'password-reset' | 'recovery-pass';

/** A text per change; `{{appName}}` is filled in. */
export type Notices = Readonly<Record<NoticeType, string>>;

/** Which text is meant. */
export interface Letter {
  usage: Usage;
  /** BCP 47. */
  locale: string;
  /** The site that the code is for; null where no page asked for it. */
  host: string | null;
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
const localeFor = (locale: string) =>
  locales[locale] ?? locales[locale.split('-', 1)[0] ?? ''] ?? { texts: en, notices: enNotices };

/** Line breaks in a name could forge the last line, which phones read. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');

const fill = (template: string, values: Readonly<Record<string, string>>): string =>
  template.replace(/\{\{(\w+)\}\}/gu, (_, name: string) => values[name] ?? '');

/**
 * The text of a message in the person's language. With `host`, the last line binds the code to that site in the format
 * of the WICG draft "Origin-bound one-time codes", so that phones offer it there and nowhere else.
 */
export const writeMessage = ({ usage, locale, host }: Letter, variables: Variables): string => {
  const { appName, code, expiresInMinutes } = variables;
  const values = { appName: oneLine(appName), code, expiresInMinutes: String(expiresInMinutes) };
  const text = fill(localeFor(locale).texts[usage], values);
  return host === null ? text : `${text}\n\n@${host} #${code}`;
};

/** The text that tells a user of a change, in the person's language. */
export const writeNotice = (type: NoticeType, { locale, appName }: { locale: string; appName: string }): string =>
  fill(localeFor(locale).notices[type], { appName: oneLine(appName) });
