import { element, icon } from '../dom.ts';
import type { Person } from '../host.ts';
import { lead, type View } from '../view.ts';

const chevron = 'm8 5 5 5-5 5';

const initials = (name: string): string =>
  name
    .split(' ')
    .map((word) => word.charAt(0))
    .join('')
    .slice(0, 2);

const choice = ({ id, name }: Person, choose: (id: string) => void): HTMLElement =>
  element(
    'li',
    {},
    element(
      'button',
      { type: 'button', class: 'person', click: () => choose(id) },
      element('span', { class: 'face', 'data-person': id, 'aria-hidden': 'true' }, initials(name)),
      element('bdi', {}, name),
      icon(chevron),
    ),
  );

const newcomer = (signIn: (name: string) => void): HTMLFormElement => {
  const input = element('input', { id: 'name', class: 'input', maxlength: '40', required: true, autocomplete: 'off' });
  const submit = (event: Event): void => {
    event.preventDefault();
    if (input.value.trim()) signIn(input.value);
  };
  return element(
    'form',
    { class: 'newcomer', method: 'post', submit },
    element('label', { for: 'name' }, 'Or be somebody new'),
    element('div', { class: 'row' }, input, element('button', { class: 'secondary' }, 'Sign in')),
  );
};

/** Whom to be: the first factor, which here is only pretended. */
export const signedOut = (
  people: readonly Person[],
  signIn: (who: { user: string } | { name: string }) => void,
): View => ({
  title: 'Sign in',
  content: [
    lead('Pick somebody to be. There is no password here: the second step is the real thing.'),
    element('ul', { class: 'people card' }, ...people.map((person) => choice(person, (user) => signIn({ user })))),
    newcomer((name) => signIn({ name })),
  ],
});
