import type { FactorRow } from '../rows.ts';
import type { Committed, FactorStore } from '../store.ts';
import { readFactor } from './columns.ts';
import { done, ifChanged, type WriteOf } from './outcome.ts';
import type { Database } from './schema.ts';

interface Joined {
  id: string;
  mark: string | null;
}

/** Rows of the same factor become one, in their order. */
const gather = (rows: readonly Joined[]): FactorRow[] => {
  const marks = new Map<string, string[]>();
  for (const { id, mark } of rows) marks.set(id, [...(marks.get(id) ?? []), ...(mark === null ? [] : [mark])]);
  const firsts = new Map(rows.toReversed().map((row) => [row.id, row]));
  return [...marks].map(([id, spent]) => readFactor({ ...firsts.get(id), spent }));
};

/** Factors with the marks of theirs that were spent, one row for each, and how many guesses at them were wrong. */
const select = (db: Database) =>
  db
    .selectFrom('factors as f')
    .leftJoin('spent as s', 's.factor_id', 'f.id')
    .select(({ selectFrom }) => [
      'f.id',
      'f.user_id as userId',
      'f.type',
      'f.sealed',
      'f.blind_index as index',
      'f.key_id as keyId',
      'f.source',
      'f.created_at as createdAt',
      'f.last_used_at as lastUsedAt',
      'f.counter',
      'f.name',
      'f.rank',
      's.mark',
      selectFrom('misses as m')
        .select(({ fn }) => fn.countAll().as('count'))
        .whereRef('m.factor_id', '=', 'f.id')
        .as('misses'),
    ]);

/** Factors held. */
export const factors = (db: Database): FactorStore => ({
  async list(userId) {
    const rows = await select(db)
      .where('f.user_id', '=', userId)
      .orderBy('f.created_at')
      .orderBy('f.id')
      .orderBy('s.spent_at')
      .execute();
    return gather(rows);
  },
  async countUsers(type, index) {
    const row = await db
      .selectFrom('factors')
      // A user holds at most one of them, so that these are as many users.
      .select(({ fn }) => fn.countAll().as('users'))
      .where('type', '=', type)
      .where('blind_index', '=', index)
      .executeTakeFirst();
    return Number(row?.users ?? 0);
  },
});

/** Adds a factor with what is spent of it; the unique index refuses the same one twice. */
export const addFactor = async (db: Database, { factor }: WriteOf<'add-factor'>): Promise<Committed> => {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('factors')
    .values({
      id: factor.id,
      user_id: factor.userId,
      type: factor.type,
      sealed: factor.sealed,
      blind_index: factor.index,
      key_id: factor.keyId,
      source: factor.source,
      created_at: factor.createdAt,
      last_used_at: factor.lastUsedAt,
      counter: factor.counter,
      name: factor.name,
      rank: factor.rank,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  const added = ifChanged(numInsertedOrUpdatedRows, 'factor');
  const spent = factor.spent.map((mark) => ({ factor_id: factor.id, mark, spent_at: factor.createdAt }));
  if (added.done && spent.length > 0) await db.insertInto('spent').values(spent).execute();
  return added;
};

export const removeFactor = async (db: Database, { id }: WriteOf<'remove-factor'>): Promise<Committed> => {
  await db.deleteFrom('factors').where('id', '=', id).execute();
  return done;
};

export const useFactor = async (db: Database, { id, at }: WriteOf<'use-factor'>): Promise<Committed> => {
  const { numUpdatedRows } = await db
    .updateTable('factors')
    .set({ last_used_at: at })
    .where('id', '=', id)
    .executeTakeFirst();
  return ifChanged(numUpdatedRows, 'factor');
};

/** Spends a mark; selecting from the factor is what makes it lose where the factor is gone. */
export const spend = async (db: Database, { factorId, mark, at }: WriteOf<'spend'>): Promise<Committed> => {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('spent')
    .columns(['factor_id', 'mark', 'spent_at'])
    .expression((eb) =>
      eb
        .selectFrom('factors')
        .select(({ val }) => ['id', val(mark).as('mark'), val(at).as('spent_at')])
        .where('id', '=', factorId),
    )
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return ifChanged(numInsertedOrUpdatedRows, 'spent');
};

/** Raises the counter; the comparison in the same statement is what lets one of two equal values lose. */
export const advance = async (db: Database, { factorId, to }: WriteOf<'advance'>): Promise<Committed> => {
  const { numUpdatedRows } = await db
    .updateTable('factors')
    .set({ counter: to })
    .where('id', '=', factorId)
    .where('counter', '<', to)
    .executeTakeFirst();
  return ifChanged(numUpdatedRows, 'spent');
};

export const renameFactor = async (db: Database, { id, name }: WriteOf<'rename-factor'>): Promise<Committed> => {
  await db.updateTable('factors').set({ name }).where('id', '=', id).execute();
  return done;
};

/**
 * Changes nothing of the user's row, but takes its lock: of two transactions that each remove one of the last two
 * factors the second waits here, and then sees what the first one left.
 */
export const keepOne = async (db: Database, { userId, types }: WriteOf<'keep-one'>): Promise<Committed> => {
  const { numUpdatedRows } = await db
    .updateTable('users')
    .set(({ ref }) => ({ created_at: ref('created_at') }))
    .where('id', '=', userId)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('factors')
          .select('id')
          .where('user_id', '=', userId)
          .where('type', 'in', [...types]),
      ),
    )
    .executeTakeFirst();
  return ifChanged(numUpdatedRows, 'last-factor');
};
