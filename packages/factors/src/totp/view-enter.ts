import { errorText, type Sentences } from '@countersign/elements/error-text';
import { msg } from '@countersign/elements/localize';
import type { StepContent, ViewContext } from '@countersign/elements/view';
import { html } from 'lit';
import type { TotpContract } from './contract.ts';

const sentences: Sentences = {
  'session.mfa.invalid_totp_code': () => msg('That code is not right. Enter the one that the app shows now.'),
};

/** The field for the code, and what is done with it; the same while binding. */
export const codeEntry = ({ problem, fieldError }: ViewContext<TotpContract>) =>
  ({
    body: html`<countersign-code-field
      name="code"
      required
      auto-submit
      .hint=${msg('Checked when complete.')}
      .error=${fieldError && errorText(problem, sentences)}
    ></countersign-code-field>`,
    primary: msg('Confirm'),
    submit: (data) => ({ type: 'submit-code', code: String(data.get('code') ?? '') }),
  }) satisfies Partial<StepContent<TotpContract>>;

/** Asks for the code that the app shows. */
export const enterCode = (_step: unknown, context: ViewContext<TotpContract>): StepContent<TotpContract> => ({
  heading: msg('Enter the code from your app'),
  lead: msg('Your authenticator app shows a new one every 30 seconds.'),
  ...codeEntry(context),
});
