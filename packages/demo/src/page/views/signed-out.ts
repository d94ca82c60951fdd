import { element } from '../dom.ts';
import { lead, link, type View } from '../view.ts';

/** Signing in, with the backend's own accounts. */
export const signIn = (done: () => void): View => {
  const made = element('countersign-sign-in', { 'sign-up-url': '/sign-up', 'reset-password-url': '/reset-password' });
  made.addEventListener('countersign-complete', done);
  const lost = element(
    'p',
    { class: 'aside' },
    'Nothing left to verify with? ',
    link('/recover', 'Recover your account'),
  );
  return { title: 'Welcome to Harbor', content: [lead('A quiet place for your money.'), made, lost] };
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

/** Back in for who holds nothing to verify with, with a pass of the bank's. */
export const recover = (done: () => void): View => {
  const made = element('countersign-recover', { 'sign-in-url': '/' });
  made.autofocus = true;
  made.addEventListener('countersign-complete', done);
  return {
    title: 'Nothing left to verify with?',
    content: [lead('Ask us for a recovery pass first. We give it to you once we are sure that it is you.'), made],
  };
};
