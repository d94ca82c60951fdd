import { addressSentences } from '@countersign/elements/address-sentences';
import { errorText } from '@countersign/elements/error-text';
import { CountersignPhoneField } from '@countersign/elements/phone-field/phone-field';
import { msg } from '@countersign/elements/localize';
import { register } from '@countersign/elements/register';
import type { StepContent, ViewContext } from '@countersign/elements/view';
import type { SetupFactorStep } from '@countersign/core/flow';
import { html } from 'lit';
import type { SmsContract } from './contract.ts';

type PhoneStep = Extract<SetupFactorStep<SmsContract>, { stage: 'phone' }>;

/** Asks for the number; loaded late, together with the field. */
export const phoneStage = (step: PhoneStep, context: ViewContext<SmsContract>): StepContent<SmsContract> => {
  const { problem, fieldError } = context;
  register('countersign-phone-field', CountersignPhoneField);
  return {
    heading: msg('Add your phone number'),
    lead: step.notice
      ? msg('To go on, set up 2-step verification first: add a phone number that we can send codes to.')
      : msg('We send a code to it, to be sure that it is yours.'),
    body: html`<countersign-phone-field
      name="phone"
      required
      .countries=${step.countries}
      .value=${step.prefill ?? ''}
      .hint=${msg('An app or a passkey is safer than texts.')}
      .error=${fieldError && errorText(problem, addressSentences)}
    ></countersign-phone-field>`,
    primary: msg('Send code'),
    submit: (data) => ({ type: 'submit-phone', phone: String(data.get('phone') ?? '') }),
  };
};
