import { element } from '../dom.ts';
import { lead, type View } from '../view.ts';

/** Signing in, with the backend's own accounts. */
export const signIn = (done: () => void): View => {
  const made = element('countersign-sign-in', { 'sign-up-url': '/sign-up', 'reset-password-url': '/reset-password' });
  made.addEventListener('countersign-complete', done);
  return { title: 'Welcome to Harbor', content: [lead('A quiet place for your money.'), made] };
};

/** Opening an account: an address, a password, and a second factor. */
export const signUp = (done: () => void): View => {
  const made = element('countersign-sign-up', { 'sign-in-url': '/' });
  made.autofocus = true;
  made.addEventListener('countersign-complete', done);
  return {
    title: 'Open an account',
    content: [lead('It takes an e-mail address or a phone number, and two minutes.'), made],
  };
};

/** A new password for who forgot theirs; it signs nobody in. */
export const resetPassword = (): View => {
  const made = element('countersign-reset-password', { 'sign-in-url': '/' });
  made.autofocus = true;
  return { title: 'Forgot your password?', content: [lead('A code shows us that it is you.'), made] };
};
