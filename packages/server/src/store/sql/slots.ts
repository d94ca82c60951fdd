import { sql } from 'kysely';
import type { Committed } from '../store.ts';
import { done, type WriteOf } from './outcome.ts';
import type { Database } from './schema.ts';

/** When the next slot is free: the newest `max` fill the window, so the oldest of them has to leave it. */
const freeAt = async (db: Database, { key, max, window, at }: WriteOf<'take-slot'>): Promise<number> => {
  const oldest = await db
    .selectFrom('slots')
    .select('taken_at')
    .where('key', '=', key)
    .orderBy('taken_at', 'desc')
    .offset(max - 1)
    .limit(1)
    .executeTakeFirst();
  return (oldest?.taken_at ?? at) + window;
};

/**
 * Takes a slot. Those that left the window are dropped first, so that all that remain count. No two slots of a key have
 * one number: where two transactions run at the same moment, the later one fails as a whole rather than takes one too
 * many.
 */
export const takeSlot = async (db: Database, write: WriteOf<'take-slot'>): Promise<Committed> => {
  const { key, max, window, at } = write;
  await db
    .deleteFrom('slots')
    .where('key', '=', key)
    .where('taken_at', '<=', at - window)
    .execute();
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('slots')
    .columns(['key', 'number', 'taken_at'])
    .expression((eb) =>
      eb
        .selectFrom('slots')
        .select(({ val }) => [
          val(key).as('key'),
          sql<number>`coalesce(max(number), 0) + 1`.as('number'),
          val(at).as('taken_at'),
        ])
        .where('key', '=', key)
        .having(({ fn }) => fn.countAll(), '<', max),
    )
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n ? done : { done: false, lost: 'slot', retryAt: await freeAt(db, write) };
};
