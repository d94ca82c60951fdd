export { CodeCompleteEvent } from './code-field/code-complete-event.ts';
export { CountersignCodeField } from './code-field/code-field.ts';
export { CountersignCountdown } from './countdown/countdown.ts';
export { CompleteEvent } from './flow-element/complete-event.ts';
export { CountersignFlowElement, type FlowElementOptions } from './flow-element/flow-element.ts';
export { CountersignPhoneField } from './phone-field/phone-field.ts';
export { CountersignSetup } from './setup/setup.ts';
export { CountersignVerify } from './verify/verify.ts';
export type { FactorView, StepContent, ViewContext } from './view.ts';
