import type { Identifier } from '@countersign/core/identifier';
import { html, type TemplateResult } from 'lit';
import type { Sentences } from '../error-text.ts';
import { msg } from '../localize.ts';
import { register } from '../register.ts';
import { CountersignTextField } from '../text-field/text-field.ts';

/** What the steps say that check a password; never whether it is the address or the password that is wrong. */
export const credentialSentences: Sentences = {
  'session.invalid_credentials': () => msg('No account matches what you typed.'),
};

/** How one password field differs from another. */
export interface PasswordFieldOptions {
  autocomplete: 'current-password' | 'new-password';
  error: string;
  hint?: string;
  /** In characters; 0 where any length may be right. */
  minLength?: number;
  maxLength?: number;
}

/** A field named `password`. */
export const passwordField = (options: PasswordFieldOptions): TemplateResult => {
  const { autocomplete, error, hint = '', minLength = 0, maxLength = 0 } = options;
  register('countersign-text-field', CountersignTextField);
  return html`<countersign-text-field
    name="password"
    type="password"
    required
    .autocomplete=${autocomplete}
    .minLength=${minLength}
    .maxLength=${maxLength}
    .hint=${hint}
    .error=${error}
  ></countersign-text-field>`;
};

/** Tells password managers whose password it is, where that is not asked for in the same form. */
export const whose = ({ value }: Identifier): TemplateResult =>
  html`<input type="text" autocomplete="username" .value=${value} readonly hidden />`;

/** The password that was typed. */
export const passwordIn = (data: FormData): string => String(data.get('password') ?? '');
