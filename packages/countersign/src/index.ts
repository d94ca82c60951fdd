import './verify.ts';

export {
  CodeCompleteEvent,
  CompleteEvent,
  CountersignCodeField,
  CountersignCountdown,
  CountersignPhoneField,
  CountersignSetup,
  CountersignVerify,
} from '@countersign/elements';
