import { nextFailures } from '../failures.ts';
import type { Committed, Failure, FailureRow, FailureStore } from '../store.ts';
import { done, type WriteOf } from './outcome.ts';
import type { Database } from './schema.ts';

type Miss = NonNullable<Failure['miss']>;

/**
 * Notes a miss, once for each action, unless the factor has had as many as it may; false then. Writing the factor's row
 * first makes it this transaction's from here on.
 */
const noteMiss = async (db: Database, { factorId, browser, max }: Miss, { at, action }: Failure): Promise<boolean> => {
  await db
    .updateTable('factors')
    .set(({ ref }) => ({ rank: ref('rank') }))
    .where('id', '=', factorId)
    .execute();
  const rows = await db.selectFrom('misses').select('action').where('factor_id', '=', factorId).execute();
  if (rows.some((row) => row.action === action)) return true;
  if (rows.length >= max) return false;
  await db
    .insertInto('misses')
    .columns(['factor_id', 'browser', 'action', 'at'])
    .expression((eb) =>
      eb
        .selectFrom('factors')
        .select(({ val }) => ['id', val(browser).as('browser'), val(action).as('action'), val(at).as('at')])
        .where('id', '=', factorId),
    )
    .execute();
  return true;
};

/** The failures of a row, none at first. It reads by writing, so that the row is this transaction's from here on. */
const hold = (db: Database, { subject, browser }: FailureRow) =>
  db
    .insertInto('failures')
    .values({ subject, browser, count: 0, counted_at: 0, action: '', retry_at: 0 })
    .onConflict((conflict) => conflict.columns(['subject', 'browser']).doUpdateSet({ subject }))
    .returning(['count', 'counted_at as at', 'action', 'retry_at as retryAt'])
    .executeTakeFirstOrThrow();

/** Failures at secrets. */
export const failures = (db: Database): FailureStore => ({
  count: (row, failure) =>
    db.transaction().execute(async (transaction) => {
      const before = await hold(transaction, row);
      const { verdict, after } = nextFailures(before.count === 0 ? null : before, failure, failure.schedule);
      if (verdict.type !== 'allowed') return verdict;
      if (failure.miss && !(await noteMiss(transaction, failure.miss, failure))) return { type: 'exhausted' };
      const { count, at, action, retryAt } = after;
      await transaction
        .updateTable('failures')
        .set({ count, counted_at: at, action, retry_at: retryAt })
        .where('subject', '=', row.subject)
        .where('browser', '=', row.browser)
        .execute();
      return verdict;
    }),
});

export const forgetFailures = async (
  db: Database,
  { subject, browser }: WriteOf<'forget-failures'>,
): Promise<Committed> => {
  const all = db.deleteFrom('failures').where('subject', '=', subject);
  await (browser === null ? all : all.where('browser', '=', browser)).execute();
  return done;
};

export const forgetMisses = async (
  db: Database,
  { factorId, browser, action, before }: WriteOf<'forget-misses'>,
): Promise<Committed> => {
  const all = db.deleteFrom('misses').where('factor_id', '=', factorId);
  const fits = all.where(({ eb, or }) =>
    or([eb('action', '=', action), eb('browser', '=', browser), eb('at', '<', before)]),
  );
  await (before === Infinity ? all : fits).execute();
  return done;
};
