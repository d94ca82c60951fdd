import {
  CountersignAccount,
  CountersignBackupCodes,
  CountersignFactorList,
  CountersignPhoneField,
  CountersignQrCode,
  CountersignRecover,
  CountersignResetPassword,
  CountersignSignIn,
  CountersignSignUp,
  CountersignTextField,
} from '@countersign/elements';
import { define } from '@countersign/elements/define';
import { register } from '@countersign/elements/register';
import { views } from './lib/views.ts';
import './verify.ts';

const elements = {
  'countersign-sign-up': CountersignSignUp,
  'countersign-sign-in': CountersignSignIn,
  'countersign-reset-password': CountersignResetPassword,
  'countersign-recover': CountersignRecover,
  'countersign-account': CountersignAccount,
  'countersign-factor-list': CountersignFactorList,
};
define(elements, views);

// Usable alone, so they can't wait for a flow to need them.
register('countersign-backup-codes', CountersignBackupCodes);
register('countersign-phone-field', CountersignPhoneField);
register('countersign-qr-code', CountersignQrCode);
register('countersign-text-field', CountersignTextField);

export {
  type AccountChange,
  type AccountChangeEvent,
  ChooseEvent,
  CodeCompleteEvent,
  CompleteEvent,
  CountersignAccount,
  CountersignBackupCodes,
  CountersignCodeField,
  CountersignCountdown,
  CountersignFactorList,
  CountersignPhoneField,
  CountersignQrCode,
  CountersignRecover,
  CountersignResetPassword,
  CountersignSetup,
  CountersignSignIn,
  CountersignSignUp,
  CountersignTextField,
  CountersignVerify,
} from '@countersign/elements';
