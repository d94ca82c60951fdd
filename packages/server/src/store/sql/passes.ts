import type { PassStore } from '../store.ts';
import { readPass } from './columns.ts';
import type { Database } from './schema.ts';

/** Passes that administrators gave; a used one stays, for the record, and is known by its redemption. */
export const passes = (db: Database): PassStore => ({
  async add({ id, userId, hash, actor, reason, createdAt, expiresAt }) {
    const row = { id, user_id: userId, hash, actor, reason, created_at: createdAt, expires_at: expiresAt };
    await db.insertInto('passes').values(row).execute();
  },
  async listUnused(userId) {
    const rows = await db
      .selectFrom('passes')
      .select([
        'id',
        'user_id as userId',
        'hash',
        'actor',
        'reason',
        'created_at as createdAt',
        'expires_at as expiresAt',
      ])
      .where('user_id', '=', userId)
      .where(({ not, exists, selectFrom }) =>
        not(exists(selectFrom('redeemed').select('jti').whereRef('redeemed.jti', '=', 'passes.id'))),
      )
      .orderBy('created_at', 'desc')
      .orderBy('id')
      .execute();
    return rows.map(readPass);
  },
});
