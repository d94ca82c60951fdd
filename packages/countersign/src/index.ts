import { CountersignPhoneField } from '@countersign/elements';
import { register } from '@countersign/elements/register';
import './verify.ts';

// Usable alone, so it can't wait for a flow to need it.
register('countersign-phone-field', CountersignPhoneField);

export {
  CodeCompleteEvent,
  CompleteEvent,
  CountersignCodeField,
  CountersignCountdown,
  CountersignPhoneField,
  CountersignSetup,
  CountersignVerify,
} from '@countersign/elements';
