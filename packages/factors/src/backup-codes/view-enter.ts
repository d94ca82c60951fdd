import { errorText, type Sentences } from '@countersign/elements/error-text';
import { msg } from '@countersign/elements/localize';
import { register } from '@countersign/elements/register';
import { CountersignTextField } from '@countersign/elements/text-field/text-field';
import type { StepContent, ViewContext } from '@countersign/elements/view';
import type { VerifyFactorStep } from '@countersign/core/flow';
import { html } from 'lit';
import type { BackupCodesContract } from './contract.ts';

const sentences: Sentences = {
  'session.mfa.invalid_backup_code': () => msg('This is none of your codes, or it was used before.'),
};

/** Asks for one of the codes, typed from paper. */
export const enterCode = (
  _step: VerifyFactorStep<BackupCodesContract>,
  { problem, fieldError }: ViewContext<BackupCodesContract>,
): StepContent<BackupCodesContract> => {
  register('countersign-text-field', CountersignTextField);
  return {
    heading: msg('Enter a backup code'),
    lead: msg('Each code works once, so take one that you have not used yet.'),
    body: html`<countersign-text-field
      name="code"
      required
      autocapitalize="characters"
      .label=${msg('Backup code')}
      .error=${fieldError && errorText(problem, sentences)}
    ></countersign-text-field>`,
    primary: msg('Confirm'),
    submit: (data) => ({ type: 'submit-code', code: String(data.get('code') ?? '') }),
  };
};
