import { sql } from 'kysely';
import type { Over, SweepStore } from '../record.ts';
import type { Database } from './schema.ts';

/** A table, the columns that find its rows, the one that tells their age, and which of the times it is. */
type Kind = readonly [table: string, key: readonly string[], column: string, time: keyof Over];

const kinds: readonly Kind[] = [
  ['flows', ['id'], 'created_at', 'before'],
  ['challenges', ['id'], 'sent_at', 'before'],
  ['redeemed', ['jti'], 'expires_at', 'before'],
  ['sessions', ['id'], 'expires_at', 'expired'],
  ['devices', ['id'], 'expires_at', 'expired'],
  ['passes', ['id'], 'expires_at', 'unrecorded'],
  ['events', ['id'], 'at', 'unrecorded'],
  ['tallies', ['key', 'starts_at'], 'starts_at', 'summed'],
  ['failures', ['subject', 'browser'], 'counted_at', 'forgotten'],
  ['browsers', ['user_id', 'browser'], 'at', 'forgotten'],
];

const dropOf = async (
  db: Database,
  [table, key, column, time]: Kind,
  { over, limit }: { over: Over; limit: number },
) => {
  const [rows, id, age] = [sql.table(table), sql.join(key.map((part) => sql.ref(part))), sql.ref(column)];
  const old = sql`select ${id} from ${rows} where ${age} <= ${over[time]} order by ${age} limit ${limit}`;
  const { numAffectedRows } = await sql`delete from ${rows} where (${id}) in (${old})`.execute(db);
  return Number(numAffectedRows ?? 0);
};

/** Slots have no id of their own: those of a key that are as old go together. */
const dropSlots = async (db: Database, { over, limit }: { over: Over; limit: number }): Promise<number> => {
  const old = db.selectFrom('slots').select('key').where('taken_at', '<=', over.before).limit(limit);
  const { numDeletedRows } = await db
    .deleteFrom('slots')
    .where('key', 'in', old)
    .where('taken_at', '<=', over.before)
    .executeTakeFirst();
  return Number(numDeletedRows);
};

/** Rows that are over; each kind is a statement, and so a transaction, of its own. */
export const sweep = (db: Database): SweepStore => ({
  async drop(over, limit) {
    let dropped = await dropSlots(db, { over, limit });
    for (const kind of kinds) dropped += await dropOf(db, kind, { over, limit });
    return dropped;
  },
});
