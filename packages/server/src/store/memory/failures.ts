import { nextFailures } from '../failures.ts';
import type { Failure, FailureStore } from '../store.ts';
import type { Tables } from './tables.ts';

/** Notes a miss, once for each action, unless the factor has had as many as it may; false then. */
const noteMiss = ({ misses, factors }: Tables, { miss, action, at }: Failure): boolean => {
  if (miss === null || !factors.has(miss.factorId)) return true;
  const { factorId, browser, max } = miss;
  const own = misses.filter((one) => one.factorId === factorId);
  if (own.some((one) => one.action === action)) return true;
  if (own.length >= max) return false;
  misses.push({ factorId, browser, action, at });
  return true;
};

/** Failures at secrets. */
export const failures = (tables: Tables): FailureStore => ({
  async count(row, failure) {
    const key = `${row.subject} ${row.browser}`;
    const { verdict, after } = nextFailures(tables.failures.get(key) ?? null, failure, failure.schedule);
    if (verdict.type !== 'allowed') return verdict;
    if (!noteMiss(tables, failure)) return { type: 'exhausted' };
    tables.failures.set(key, { ...row, ...after });
    return verdict;
  },
});
