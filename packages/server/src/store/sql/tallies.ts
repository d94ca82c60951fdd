import type { Committed, TallyStore } from '../store.ts';
import { tallyLife, windowStart } from '../tally.ts';
import { done, type WriteOf } from './outcome.ts';
import type { Database } from './schema.ts';

const dropOld = (db: Database, key: string, before: number) =>
  db.deleteFrom('tallies').where('key', '=', key).where('starts_at', '<=', before).execute();

/** Adds to the window if it has room, in one statement; who begins a window drops those that are long over. */
export const addToTally = async (db: Database, write: WriteOf<'tally'>): Promise<Committed> => {
  const { key, add, max, window } = write;
  const start = windowStart(write);
  const lost: Committed = { done: false, lost: 'slot', retryAt: start + window };
  if (add > max) return lost;
  const row = await db
    .insertInto('tallies')
    .values({ key, starts_at: start, total: add })
    .onConflict((conflict) =>
      conflict
        .columns(['key', 'starts_at'])
        .doUpdateSet(({ eb, ref }) => ({ total: eb(ref('tallies.total'), '+', add) }))
        .where('tallies.total', '<=', max - add),
    )
    .returning('total')
    .executeTakeFirst();
  if (row?.total === add) await dropOld(db, key, start - tallyLife);
  return row === undefined ? lost : done;
};

/** What was added up, window by window. */
export const tallies = (db: Database): TallyStore => ({
  async sums(spans) {
    if (spans.length === 0) return [];
    const rows = await db
      .selectFrom('tallies')
      .select(['key', ({ fn }) => fn.sum<number>('total').as('total')])
      .where(({ eb, or, and }) =>
        or(
          spans.map(({ key, from, to }) =>
            and([eb('key', '=', key), eb('starts_at', '>=', from), eb('starts_at', '<', to)]),
          ),
        ),
      )
      .groupBy('key')
      .execute();
    return spans.map(({ key }) => Number(rows.find((row) => row.key === key)?.total ?? 0));
  },
});
