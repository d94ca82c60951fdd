import type { Settings } from '../settings/schema.ts';
import type { Limit } from './limit.ts';
import type { Costing } from './sending.ts';

const hour = 3600_000;

/** The price of a message to a number in E.164, in the currency that the budget is written in; nothing is sent where it throws. */
export type PriceOf = (to: string) => number;

/** The share of a budget at which operators are told, and from which on strangers get nothing more of it. */
const nearlyUsedUp = 0.8;

/** Sums are of whole numbers: millionths of the currency. */
const millionths = (money: number): number => Math.round(money * 1e6);

/** What is no price would be no limit either. */
const priceIn = (priceOf: PriceOf | undefined, to: string): number => {
  const price = priceOf?.(to) ?? 0;
  if (!(price >= 0 && price <= 1e6)) throw new Error('priceOf must give a number from 0 to 1000000');
  return millionths(price);
};

/**
 * What a message to a phone takes up of the budgets. The last fifth is for users: strangers, who can ask for as many
 * messages as they like, never keep anybody from their second factor.
 */
export const budgetLimits = (
  { sends: { budget } }: Settings,
  { channel, to, by, at }: Costing,
  priceOf: PriceOf | undefined,
): Limit[] => {
  if (channel === 'email') return [];
  const limit = (guard: 'messages' | 'money', window: number, [add, whole]: readonly [number, number]): Limit => {
    const near = Math.floor(whole * nearlyUsedUp);
    const max = by === 'stranger' ? near : whole;
    const key = `budget:${guard}:${window / hour}`;
    return { guard, scope: '', key, window, add, max, ask: null, tell: near, at };
  };
  const price = priceIn(priceOf, to);
  const { moneyPerHour, moneyPerDay } = budget;
  return [
    limit('messages', hour, [1, budget.messagesPerHour]),
    limit('messages', 24 * hour, [1, budget.messagesPerDay]),
    ...(moneyPerHour === undefined ? [] : [limit('money', hour, [price, millionths(moneyPerHour)])]),
    ...(moneyPerDay === undefined ? [] : [limit('money', 24 * hour, [price, millionths(moneyPerDay)])]),
  ];
};
