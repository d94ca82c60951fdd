import { element, icon } from '../dom.ts';
import type { Account, SignedIn } from '../host.ts';
import { firstName, type View } from '../view.ts';

const shield = 'M10 2.8 4 5v4.6c0 3.7 2.5 6.4 6 7.6 3.5-1.2 6-3.9 6-7.6V5l-6-2.2ZM7.4 10l1.9 1.9 3.4-3.7';
const day = 24 * 60 * 60_000;

const greeting = (hour: number): string => {
  if (hour < 5 || hour >= 18) return 'Good evening';
  return hour < 12 ? 'Good morning' : 'Good afternoon';
};

const money = (cents: number, currency: string, signDisplay: 'auto' | 'exceptZero'): string =>
  new Intl.NumberFormat(undefined, { style: 'currency', currency, signDisplay }).format(cents / 100);

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Today and yesterday by name, other days by date. */
const dayName = (on: string, now: number): string => {
  const ago = Math.floor(now / day) - Math.floor(Date.parse(on) / day);
  if (ago < 2) return capitalised(new Intl.RelativeTimeFormat('en', { numeric: 'auto' }).format(-ago, 'day'));
  return new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' }).format(Date.parse(on));
};

const payment = ({ title, on, amount }: Account['payments'][number], currency: string): HTMLElement =>
  element(
    'li',
    { class: 'payment' },
    element('span', { class: 'what' }, title, element('span', { class: 'when' }, dayName(on, Date.now()))),
    element('span', { class: 'amount', dir: 'ltr', 'data-in': amount > 0 }, money(amount, currency, 'exceptZero')),
  );

const balance = ({ name, ending, currency, balance: cents }: Account): HTMLElement =>
  element(
    'section',
    { class: 'card balance', 'aria-labelledby': 'balance' },
    element('h2', { id: 'balance' }, `${name} ·· ${ending}`),
    element('p', { class: 'sum' }, element('bdi', {}, money(cents, currency, 'auto'))),
  );

const payments = ({ payments: list, currency }: Account): HTMLElement =>
  element(
    'section',
    { 'aria-labelledby': 'payments' },
    element('h2', { id: 'payments' }, 'Last payments'),
    element('ul', { class: 'card payments' }, ...list.map((one) => payment(one, currency))),
  );

const security = (authTime: number, addPhone: () => void): HTMLElement => {
  const time = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' }).format(authTime);
  return element(
    'section',
    { 'aria-labelledby': 'security' },
    element('h2', { id: 'security' }, 'Security'),
    element(
      'div',
      { class: 'card security' },
      icon(shield),
      element(
        'p',
        {},
        element('strong', {}, '2-step verification is on.'),
        ` You confirmed at ${time} that it is you.`,
      ),
      element('button', { type: 'button', class: 'secondary', click: addPhone }, 'Add another phone number'),
    ),
  );
};

/** What the second factor guards. */
export const account = (me: SignedIn, data: Account, addPhone: () => void): View => ({
  title: `${greeting(new Date().getHours())}, ${firstName(me.user.name)}`,
  content: [balance(data), payments(data), security(me.authTime ?? 0, addPhone)],
});
