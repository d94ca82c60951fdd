import type { Committed, SessionStore } from '../store.ts';
import { columns, readSession } from './columns.ts';
import { done, type WriteOf } from './outcome.ts';
import type { Database } from './schema.ts';

/** Sessions. */
export const sessions = (db: Database): SessionStore => ({
  async find(tokenHash) {
    const row = await db
      .selectFrom('sessions')
      .select([
        'id',
        'token_hash as tokenHash',
        'user_id as userId',
        'scope',
        'amr',
        'created_at as createdAt',
        'expires_at as expiresAt',
      ])
      .where('token_hash', '=', tokenHash)
      .executeTakeFirst();
    return row ? readSession(row) : null;
  },
  async exists(id) {
    const row = await db.selectFrom('sessions').select('id').where('id', '=', id).executeTakeFirst();
    return row !== undefined;
  },
});

export const addSession = async (db: Database, { session }: WriteOf<'add-session'>): Promise<Committed> => {
  await db
    .insertInto('sessions')
    .values({
      id: session.id,
      token_hash: session.tokenHash,
      user_id: session.userId,
      scope: session.scope,
      amr: columns.amr.write(session.amr),
      created_at: session.createdAt,
      expires_at: session.expiresAt,
    })
    .execute();
  return done;
};

export const endSession = async (db: Database, { tokenHash }: WriteOf<'end-session'>): Promise<Committed> => {
  await db.deleteFrom('sessions').where('token_hash', '=', tokenHash).execute();
  return done;
};

export const endSessions = async (db: Database, { userId, except }: WriteOf<'end-sessions'>): Promise<Committed> => {
  const own = db.deleteFrom('sessions').where('user_id', '=', userId);
  await (except === null ? own : own.where('id', '!=', except)).execute();
  return done;
};
