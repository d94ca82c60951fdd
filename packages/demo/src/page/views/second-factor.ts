import { element } from '../dom.ts';
import type { Transfer } from '../host.ts';
import { flow, lead, link, money, name, type View } from '../view.ts';

/** Money goes only for a proof that was made for this transfer. */
export const confirmTransfer = (
  { id, to, amount }: Transfer,
  currency: string,
  proved: (proof: string) => void,
): View => ({
  title: 'Confirm the transfer',
  content: [
    lead(`${money(amount, currency)} to `, name(to), '.'),
    flow('countersign-verify', `/demo/transfers/${id}/begin`, proved),
    link('/', 'Back to your account'),
  ],
});

/** Adds a number; the element first asks for one that is known already. */
export const addPhone = (proved: (proof: string) => void): View => ({
  title: 'Add a phone number',
  content: [
    lead('First a code for a number that you have already, then one for the new number.'),
    flow('countersign-setup', '/demo/phones/begin', proved),
    link('/', 'Back to your account'),
  ],
});

/** All that a member holds to verify with; each change asks for a second factor, and the backend makes it. */
export const security = (changed: () => void): View => {
  const made = element('countersign-account');
  made.addEventListener('countersign-account-change', changed);
  return { title: 'Security', content: [made, link('/', 'Back to your account')] };
};
