import { register } from './register.ts';

let loading: Promise<void> | null = null;

/**
 * Sees to it that the phone field is defined when it is first shown: who only enters codes never loads it. Until it has
 * arrived, or if it can't be loaded, the input inside it works alone.
 */
export const needPhoneField = (): void => {
  const arrived = import('./phone-field/phone-field.ts').then(({ CountersignPhoneField }) =>
    register('countersign-phone-field', CountersignPhoneField),
  );
  loading ??= arrived.catch(() => {
    loading = null;
  });
};
