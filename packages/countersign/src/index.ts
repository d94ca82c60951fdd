import {
  CountersignBackupCodes,
  CountersignFactorList,
  CountersignPhoneField,
  CountersignQrCode,
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
  'countersign-factor-list': CountersignFactorList,
};
define(elements, views);

// Usable alone, so they can't wait for a flow to need them.
register('countersign-backup-codes', CountersignBackupCodes);
register('countersign-phone-field', CountersignPhoneField);
register('countersign-qr-code', CountersignQrCode);
register('countersign-text-field', CountersignTextField);

export {
  ChooseEvent,
  CodeCompleteEvent,
  CompleteEvent,
  CountersignBackupCodes,
  CountersignCodeField,
  CountersignCountdown,
  CountersignFactorList,
  CountersignPhoneField,
  CountersignQrCode,
  CountersignSetup,
  CountersignSignIn,
  CountersignSignUp,
  CountersignTextField,
  CountersignVerify,
} from '@countersign/elements';
