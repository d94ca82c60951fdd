import { nextFailures } from '../failures.ts';
import type { Committed, FailureStore } from '../store.ts';
import { done, type WriteOf } from './outcome.ts';
import type { Database } from './schema.ts';

/** The failures under a key, none at first. It reads by writing, so that the row is this transaction's from here on. */
const hold = (db: Database, key: string) =>
  db
    .insertInto('failures')
    .values({ key, count: 0, counted_at: 0, action: '', retry_at: 0 })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ key }))
    .returning(['count', 'counted_at as at', 'action', 'retry_at as retryAt'])
    .executeTakeFirstOrThrow();

/** Failures at secrets that are judged without a challenge. */
export const failures = (db: Database): FailureStore => ({
  count: (key, failure) =>
    db.transaction().execute(async (transaction) => {
      const before = await hold(transaction, key);
      const { verdict, after } = nextFailures(before.count === 0 ? null : before, failure);
      if (!verdict.allowed) return verdict;
      const { count, at, action, retryAt } = after;
      await transaction
        .updateTable('failures')
        .set({ count, counted_at: at, action, retry_at: retryAt })
        .where('key', '=', key)
        .execute();
      return verdict;
    }),
});

export const forgetFailures = async (db: Database, { key }: WriteOf<'forget-failures'>): Promise<Committed> => {
  await db.deleteFrom('failures').where('key', '=', key).execute();
  return done;
};
