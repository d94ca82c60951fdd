import { element } from '../dom.ts';
import { lead, link, money, type View } from '../view.ts';

/** What the member wants to send; the amount is in cents. */
export interface Wish {
  to: string;
  amount: number;
}

const field = (id: string, label: string, input: HTMLInputElement): HTMLElement => {
  input.id = id;
  return element('div', { class: 'field' }, element('label', { for: id }, label), input);
};

/** The form for a transfer, which goes nowhere yet. */
export const sendMoney = (balance: number, currency: string, send: (wish: Wish) => void): View => {
  const to = element('input', {
    class: 'input',
    required: true,
    maxlength: '60',
    autocomplete: 'off',
    value: 'Sami Haddad',
  });
  const euros = { type: 'number', inputmode: 'decimal', min: '0.01', step: '0.01', value: '120.00' };
  const amount = element('input', { class: 'input', required: true, max: String(balance / 100), ...euros });
  const submit = (event: Event): void => {
    event.preventDefault();
    send({ to: to.value, amount: Math.round(amount.valueAsNumber * 100) });
  };
  const form = element(
    'form',
    { class: 'card form', method: 'post', submit },
    field('to', 'To', to),
    field('amount', `Amount in ${currency}`, amount),
    element('button', { class: 'primary' }, 'Continue'),
  );
  return {
    title: 'Send money',
    content: [lead(`You have ${money(balance, currency)}.`), form, link('/', 'Back to your account')],
  };
};
