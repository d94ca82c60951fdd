import { element, icon } from '../dom.ts';
import type { Account, HeldFactor } from '../host.ts';
import { lead, link, money, name, type View } from '../view.ts';

const icons: Readonly<Record<string, string>> = {
  sms: 'M3.5 5.5a2 2 0 0 1 2-2h9a2 2 0 0 1 2 2v6a2 2 0 0 1-2 2H9l-3.5 3v-3a2 2 0 0 1-2-2v-6Z',
  email: 'M3 5h14v10H3zl7 6 7-6',
  totp: 'M17 10a7 7 0 1 1-14 0a7 7 0 1 1 14 0M10 6v4l2.5 2',
  passkey: 'M10 7a3.5 3.5 0 1 1-7 0 3.5 3.5 0 0 1 7 0M9 9.5l8 8M13 13.5l2-2',
  'backup-codes': 'M3 6.5h14v2.2a1.5 1.5 0 0 0 0 2.6v2.2H3v-2.2a1.5 1.5 0 0 0 0-2.6V6.5ZM8 6.5v7',
};

const day = 24 * 60 * 60_000;

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
    element('span', { class: 'what' }, name(title), element('span', { class: 'when' }, dayName(on, Date.now()))),
    element('span', { class: 'amount', dir: 'ltr', 'data-in': amount > 0 }, money(amount, currency, 'exceptZero')),
  );

const balance = ({ currency, balance: cents }: Account): HTMLElement =>
  element(
    'section',
    { class: 'card balance', 'aria-labelledby': 'balance' },
    element('h2', { id: 'balance' }, 'Everyday account'),
    element('p', { class: 'sum' }, element('bdi', {}, money(cents, currency))),
    link('/transfer', 'Send money', 'secondary'),
  );

const payments = ({ payments: list, currency }: Account): HTMLElement =>
  element(
    'section',
    { 'aria-labelledby': 'payments' },
    element('h2', { id: 'payments' }, 'Last payments'),
    element('ul', { class: 'card rows', role: 'list' }, ...list.map((one) => payment(one, currency))),
  );

const words = ({ type, target }: HeldFactor): (Node | string)[] => {
  if (type === 'sms') return ['Text message to ', element('bdi', { dir: 'ltr' }, target)];
  if (type === 'email') return ['E-mail to ', element('bdi', { dir: 'ltr' }, target)];
  if (type === 'totp') return [`Authenticator app, added ${dayName(target, Date.now())}`];
  return [target === '1' ? '1 backup code left' : `${target} backup codes left`];
};

const factor = (held: HeldFactor): HTMLElement =>
  element('li', { class: 'factor' }, icon(icons[held.type] ?? ''), element('span', {}, ...words(held)));

const security = ({ held }: Account): HTMLElement =>
  element(
    'section',
    { 'aria-labelledby': 'security' },
    element('h2', { id: 'security' }, '2-step verification'),
    element('ul', { class: 'card rows', role: 'list' }, ...held.map(factor)),
    link('/add-phone', 'Add a phone', 'secondary'),
    link('/security', 'Security settings', 'secondary'),
  );

/** What the second factor guards. */
export const account = (data: Account): View => ({
  title: 'Your account',
  content: [lead('You are signed in as ', name(data.name), '.'), balance(data), payments(data), security(data)],
});
