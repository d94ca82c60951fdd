import { defineFields } from '@countersign/elements/define-fields';
import './verify.ts';

defineFields();

export {
  CodeCompleteEvent,
  CompleteEvent,
  CountersignCodeField,
  CountersignCountdown,
  CountersignPhoneField,
  CountersignSetup,
  CountersignVerify,
} from '@countersign/elements';
