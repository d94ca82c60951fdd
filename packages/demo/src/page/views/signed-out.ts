import { element } from '../dom.ts';
import { lead, type View } from '../view.ts';

/** Signing in, with the backend's own accounts. */
export const signIn = (done: () => void): View => {
  const made = element('countersign-sign-in', { 'sign-up-url': '/sign-up' });
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
