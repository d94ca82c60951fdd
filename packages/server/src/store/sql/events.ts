import type { EventRow, EventStore } from '../record.ts';
import type { Committed } from '../store.ts';
import { readEvent } from './columns.ts';
import { done, type WriteOf } from './outcome.ts';
import type { Database } from './schema.ts';

/** What happened. */
export const events = (db: Database): EventStore => ({
  async list({ userId, type, after, limit }) {
    let query = db
      .selectFrom('events')
      .select([
        'id',
        'at',
        'type',
        'user_id as userId',
        'flow_id as flowId',
        'actor',
        'factor',
        'target',
        'reason',
        'request_id as requestId',
      ]);
    if (userId !== null) query = query.where('user_id', '=', userId);
    if (type !== null) query = query.where('type', '=', type);
    if (after !== null) query = query.where('id', '>', after);
    return (await query.orderBy('id').limit(limit).execute()).map(readEvent);
  },
});

/** Adds events in one statement. */
export const addEvents = async (db: Database, rows: readonly EventRow[]): Promise<void> => {
  if (rows.length === 0) return;
  const values = rows.map(({ userId, flowId, requestId, ...row }) => ({
    ...row,
    user_id: userId,
    flow_id: flowId,
    request_id: requestId,
  }));
  await db.insertInto('events').values(values).execute();
};

export const recordEvents = async (db: Database, { events: rows }: WriteOf<'record'>): Promise<Committed> => {
  await addEvents(db, rows);
  return done;
};
