import { CountersignCodeField } from './code-field/code-field.ts';
import { CountersignCountdown } from './countdown/countdown.ts';
import { CountersignPhoneField } from './phone-field/phone-field.ts';
import { register } from './register.ts';

/** Defines all fields, which can be used alone. Does nothing outside browsers. */
export const defineFields = (): void => {
  if (typeof customElements === 'undefined') return;
  register('countersign-code-field', CountersignCodeField);
  register('countersign-countdown', CountersignCountdown);
  register('countersign-phone-field', CountersignPhoneField);
};
