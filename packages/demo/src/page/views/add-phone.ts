import { element } from '../dom.ts';
import { lead, type View } from '../view.ts';

/** Adds a second number; the element first asks for one that is already known. */
export const addPhone = (proved: (proof: string) => void, leave: () => void): View => {
  const setup = element('countersign-setup', { 'begin-url': '/demo/begin/setup' });
  setup.autofocus = true;
  setup.addEventListener('countersign-complete', ({ proof }) => proved(proof));
  const back = element('a', { class: 'link', href: '/' }, 'Back to your account');
  back.addEventListener('click', (event) => {
    event.preventDefault();
    leave();
  });
  return {
    title: 'Add another phone number',
    content: [lead('First a code for a number that you have already, then one for the new number.'), setup, back],
  };
};
