import type { OutboxStore } from '../record.ts';
import type { Committed } from '../store.ts';
import { readOutbox } from './columns.ts';
import { done, type WriteOf } from './outcome.ts';
import type { Database } from './schema.ts';

/** Messages on their way out. */
export const outbox = (db: Database): OutboxStore => ({
  async lease(at, until) {
    const row = await db
      .updateTable('outbox')
      .set(({ eb }) => ({ leased_until: until, attempts: eb('attempts', '+', 1) }))
      .where(
        'id',
        '=',
        db
          .selectFrom('outbox')
          .select('id')
          .where('leased_until', '<=', at)
          .orderBy('created_at')
          .orderBy('id')
          .limit(1),
      )
      // Where transactions run side by side, two may have chosen the same: the later one finds it leased.
      .where('leased_until', '<=', at)
      .returning([
        'id',
        'created_at as createdAt',
        'payload_sealed as sealed',
        'key_id as keyId',
        'leased_until as leasedUntil',
        'attempts',
      ])
      .executeTakeFirst();
    return row ? readOutbox(row) : null;
  },
});

export const post = async (db: Database, { message }: WriteOf<'post'>): Promise<Committed> => {
  await db
    .insertInto('outbox')
    .values({
      id: message.id,
      created_at: message.createdAt,
      payload_sealed: message.sealed,
      key_id: message.keyId,
      leased_until: message.leasedUntil,
      attempts: message.attempts,
    })
    .execute();
  return done;
};

export const dropMessage = async (db: Database, { id }: WriteOf<'drop-message'>): Promise<Committed> => {
  await db.deleteFrom('outbox').where('id', '=', id).execute();
  return done;
};
