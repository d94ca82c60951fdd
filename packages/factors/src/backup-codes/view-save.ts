import { CountersignBackupCodes } from '@countersign/elements/backup-codes/backup-codes';
import { msg } from '@countersign/elements/localize';
import { register } from '@countersign/elements/register';
import type { StepContent } from '@countersign/elements/view';
import type { SetupFactorStep } from '@countersign/core/flow';
import { html } from 'lit';
import type { BackupCodesContract } from './contract.ts';

/** Shows the codes until the person says that they are kept. */
export const saveCodes = ({ codes }: SetupFactorStep<BackupCodesContract>): StepContent<BackupCodesContract> => {
  register('countersign-backup-codes', CountersignBackupCodes);
  return {
    heading: msg('Save your backup codes'),
    lead: msg(
      'They let you in when nothing else is at hand. They are shown only now, so keep them where you will find them.',
    ),
    body: html`<countersign-backup-codes name="saved" required .codes=${codes}></countersign-backup-codes>`,
    primary: msg('Continue'),
    submit: () => ({ type: 'acknowledge' }),
  };
};
