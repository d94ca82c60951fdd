import type { Committed, PassStore } from '../store.ts';
import { readPass } from './columns.ts';
import { done, type WriteOf } from './outcome.ts';
import type { Database } from './schema.ts';

/** Passes that administrators gave; a used one stays, for the record, and is known by its redemption. */
export const passes = (db: Database): PassStore => ({
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

export const addPass = async (db: Database, { pass }: WriteOf<'add-pass'>): Promise<Committed> => {
  const { id, userId, hash, actor, reason, createdAt, expiresAt } = pass;
  const row = { id, user_id: userId, hash, actor, reason, created_at: createdAt, expires_at: expiresAt };
  await db.insertInto('passes').values(row).execute();
  return done;
};
