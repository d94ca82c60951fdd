import type { Span, Write } from '../store/store.ts';
import { windowStart } from '../store/tally.ts';

/** Something that messages are added up for. */
export interface Limit {
  /** What stops messages here, as operators are told it. */
  guard: 'prefix' | 'block' | 'browser' | 'country' | 'messages' | 'money';
  /** What of: a country, the beginning of a number, a block of addresses; empty for everything. */
  scope: string;
  key: string;
  window: number;
  /** What this message adds. */
  add: number;
  max: number;
  /** The sum from which on a stranger has to show that they are no machine; null for never. */
  ask: number | null;
  /** The sum from which on operators are told, before anything is stopped; null for not before. */
  tell: number | null;
  at: number;
}

/** When the window of a limit is over. */
export const endOf = (limit: Limit): number => windowStart(limit) + limit.window;

/** Where to read what the window has come to. */
export const spanOf = (limit: Limit): Span => {
  const from = windowStart(limit);
  return { key: limit.key, from, to: from + 1 };
};

/** Adds the message in the commit that makes its code, so that two at once are not both the last. */
export const writeOf = ({ key, add, max, window, at }: Limit): Write => ({ type: 'tally', key, add, max, window, at });
