import type { Person } from './people.ts';

/** One payment; amounts are in cents. */
export interface Payment {
  title: string;
  /** `YYYY-MM-DD`. */
  on: string;
  amount: number;
}

/** What the host keeps for a member, and shows to nobody else. */
export interface Account {
  name: string;
  /** The last digits of its number. */
  ending: string;
  currency: string;
  balance: number;
  payments: Payment[];
}

type Template = Omit<Account, 'payments'> & { payments: [title: string, daysAgo: number, amount: number][] };

const day = 24 * 60 * 60_000;

const ada: Template = {
  name: 'Everyday account',
  ending: '4417',
  currency: 'EUR',
  balance: 241_860,
  payments: [
    ['Kade 9 Bakery', 0, -740],
    ['Salary, Noorderlicht Studio', 2, 312_000],
    ['Ferry season pass', 3, -8900],
    ['Rent', 5, -98_500],
  ],
};

const noor: Template = {
  name: 'Household account',
  ending: '2083',
  currency: 'EUR',
  balance: 87_215,
  payments: [
    ['Market on the quay', 1, -3265],
    ['From Sami, groceries', 1, 4500],
    ['City library', 4, -1200],
    ['Water and power', 6, -11_430],
  ],
};

const tomas: Template = {
  name: 'Boat savings',
  ending: '9530',
  currency: 'EUR',
  balance: 1_204_300,
  payments: [
    ['Monthly saving', 1, 25_000],
    ['Interest', 8, 1874],
    ['Varnish and brushes', 12, -6420],
  ],
};

const guest: Template = {
  name: 'New account',
  ending: '0001',
  currency: 'EUR',
  balance: 5000,
  payments: [['A welcome from Harbor', 0, 5000]],
};

const templates: Readonly<Record<string, Template>> = { ada, noor, tomas };

/** The account of a person, with its last payments, newest first. */
export const accountOf = ({ id }: Person, now: number): Account => {
  const { payments, ...account } = templates[id] ?? guest;
  const dayBefore = (days: number): string => new Date(now - days * day).toISOString().slice(0, 10);
  return { ...account, payments: payments.map(([title, days, amount]) => ({ title, on: dayBefore(days), amount })) };
};
