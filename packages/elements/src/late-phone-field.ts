import { register } from './register.ts';

let loading: Promise<void> | null = null;

const load = async (): Promise<void> => {
  try {
    const { CountersignPhoneField } = await import('./phone-field/phone-field.ts');
    register('countersign-phone-field', CountersignPhoneField);
  } catch {
    loading = null; // not loaded is not lost: the next step that shows it tries again
  }
};

/**
 * Sees to it that the phone field is defined when it is first shown: who only enters codes never loads it. Until it has
 * arrived, or if it can't be loaded, the input inside it works alone.
 */
export const needPhoneField = (): void => {
  loading ??= load();
};
