import { addressSentences } from '@countersign/elements/address-sentences';
import { errorText } from '@countersign/elements/error-text';
import { msg } from '@countersign/elements/localize';
import { register } from '@countersign/elements/register';
import { CountersignTextField } from '@countersign/elements/text-field/text-field';
import type { StepContent, ViewContext } from '@countersign/elements/view';
import type { SetupFactorStep } from '@countersign/core/flow';
import { html } from 'lit';
import type { EmailContract } from './contract.ts';

type EmailStep = Extract<SetupFactorStep<EmailContract>, { stage: 'email' }>;

/** Asks for the address; loaded late, together with the field. */
export const emailStage = (step: EmailStep, context: ViewContext<EmailContract>): StepContent<EmailContract> => {
  const { problem, fieldError } = context;
  register('countersign-text-field', CountersignTextField);
  return {
    heading: msg('Add your e-mail address'),
    lead: step.notice
      ? msg('To go on, set up 2-step verification first: add an e-mail address that we can send codes to.')
      : msg('We send a code to it, to be sure that it is yours.'),
    body: html`<countersign-text-field
      name="email"
      type="email"
      autocomplete="email"
      required
      .error=${fieldError && errorText(problem, addressSentences)}
    ></countersign-text-field>`,
    primary: msg('Send code'),
    submit: (data) => ({ type: 'submit-email', email: String(data.get('email') ?? '') }),
  };
};
