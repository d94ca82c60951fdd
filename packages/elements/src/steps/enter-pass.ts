import type { EnterPassStep } from '@countersign/core/flow';
import { html } from 'lit';
import { errorText, type Sentences } from '../error-text.ts';
import { msg } from '../localize.ts';
import { register } from '../register.ts';
import { CountersignTextField } from '../text-field/text-field.ts';
import type { StepContent, ViewContext } from '../view.ts';

const sentences: Sentences = {
  'session.invalid_recovery_pass': () => msg('This pass is not right, or it was used, or its time is over.'),
};

/** Asks for the pass of an administrator, read from paper or heard on the phone. */
export const enterPass = (_step: EnterPassStep, { problem, fieldError }: ViewContext): StepContent => {
  register('countersign-text-field', CountersignTextField);
  return {
    heading: msg('Enter your recovery pass'),
    lead: msg('You get one from whoever runs this service. It works once; then you set up a new way to verify.'),
    body: html`<countersign-text-field
      name="pass"
      required
      autocapitalize="characters"
      .label=${msg('Recovery pass')}
      .error=${fieldError && errorText(problem, sentences)}
    ></countersign-text-field>`,
    primary: msg('Continue'),
    submit: (data) => ({ type: 'submit-pass', pass: String(data.get('pass') ?? '') }),
  };
};
