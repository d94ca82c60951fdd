/** What must not be found; `flow token` apart, since that is kept over a reload. */
export type Kind = 'code' | 'backup code' | 'app key' | 'password' | 'flow token' | 'token' | 'address';

/** Parsed JSON, as far as it is looked into. */
export type Json = Record<string, unknown>;

export const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null;

export const parse = (text: string | null): Json => {
  if (!text?.startsWith('{')) return {};
  const value: unknown = JSON.parse(text);
  return isJson(value) ? value : {};
};

const kinds: Readonly<Record<string, Kind>> = {
  password: 'password',
  pass: 'token',
  proof: 'token',
  token: 'flow token',
  resume: 'flow token',
  phone: 'address',
  email: 'address',
  value: 'address',
  codes: 'backup code',
  secret: 'app key',
};

const kindOf = (key: string, value: string): Kind | undefined => {
  if (key !== 'code') return kinds[key];
  if (/^\d{6,10}$/u.test(value)) return 'code';
  return /^[\dA-Z -]{12,}$/iu.test(value) ? 'backup code' : undefined;
};

/** Shorter ones turn up by chance. */
const shortest = 9;

/** Codes of six digits are looked for, too, where they stand alone. */
const isShortCode = (value: string): boolean => /^\d{6,8}$/u.test(value);

const forms = (value: string): string[] => [
  ...new Set([value, value.replaceAll(/[\s-]/gu, ''), value.replace(/^\+/u, ''), encodeURIComponent(value)]),
];

/** The secrets and addresses that came up, each in all its forms, with the moment from which it had served. */
export class Secrets {
  readonly #kinds = new Map<string, Kind>();
  readonly #served = new Map<string, number>();

  add(value: string, kind: Kind): void {
    for (const form of forms(value)) {
      if (form.length >= shortest || isShortCode(form)) this.#kinds.set(form, kind);
    }
  }

  /** From then on there is no reason to show it. */
  serve(value: string, moment: number): void {
    for (const form of forms(value)) this.#served.set(form, Math.min(moment, this.#served.get(form) ?? moment));
  }

  hasServed(value: string, moment: number): boolean {
    return (this.#served.get(value) ?? Infinity) < moment;
  }

  /** Takes what has a telling name, at any depth. */
  addFrom(value: unknown, key = ''): void {
    if (typeof value === 'string') {
      const kind = kindOf(key, value);
      if (kind) this.add(value, kind);
    } else if (Array.isArray(value)) {
      for (const one of value) this.addFrom(one, key);
    } else if (isJson(value)) {
      for (const [name, one] of Object.entries(value)) this.addFrom(one, name);
    }
  }

  /** What of all this stands in the text, also with spaces in between; among bytes only what is long. */
  in(text: string, areBytes = false): [value: string, kind: Kind][] {
    const dense = text.replaceAll(/\s/gu, '');
    const stands = (value: string): boolean => {
      if (isShortCode(value)) return !areBytes && new RegExp(`(?<![\\w+])${value}(?!\\w)`, 'u').test(text);
      return text.includes(value) || dense.includes(value);
    };
    return [...this.#kinds].filter(([value]) => stands(value));
  }
}
