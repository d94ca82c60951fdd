import { readUsage, type Usage, usages } from '@countersign/core/connector';
import * as v from 'valibot';

const variables = ['code', 'expiresInMinutes', 'appName'];

const namesOf = (template: string): string[] => [...template.matchAll(/\{\{(.*?)\}\}/gu)].map(([, name = '']) => name);

const template = v.pipe(
  v.string('must be a text'),
  v.maxLength(500, 'must have at most 500 characters'),
  v.check((text) => namesOf(text).includes('code'), 'must contain {{code}}'),
  v.check(
    (text) => namesOf(text).every((name) => variables.includes(name)),
    'may name {{code}}, {{expiresInMinutes}} and {{appName}}, and nothing else',
  ),
);

const locale = v.pipe(
  v.string(),
  v.regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/u, 'must be a language such as "en" or "pt-BR"'),
);

const byLocale = v.record(locale, template, 'must be texts by language, such as {"en": "…"}');

const entries = Object.fromEntries([...usages, 'BindMFA'].map((usage) => [usage, v.optional(byLocale)]));

/** Texts of an operator's own, by what a message is for and by language. */
export type Templates = Partial<Record<Usage, Record<string, string>>>;

/** `BindMFA`, as existing documentation writes it, is kept under its real name. */
export const templates = v.pipe(
  v.strictObject(entries, 'must be texts by usage, such as {"Generic": {"en": "…"}}'),
  v.check(
    (given) => given['BindMFA'] === undefined || given['BindMfa'] === undefined,
    'must name BindMfa or its alias BindMFA, not both',
  ),
  v.transform((given): Templates => {
    const named = Object.entries(given).flatMap(([name, texts]) => {
      const usage = readUsage(name);
      return usage && texts ? [[usage, texts] as const] : [];
    });
    return Object.fromEntries(named);
  }),
);
