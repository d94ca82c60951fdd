import type { KeyStore } from '../keys.ts';
import type { Committed } from '../store.ts';
import { done, type WriteOf } from './outcome.ts';
import type { Database } from './schema.ts';

/** Which keys rows were made with. */
export const keys = (db: Database): KeyStore => ({
  async sealedByOthers(keyId, limit) {
    const factors = await db
      .selectFrom('factors')
      .select(['id', 'user_id as userId', 'sealed'])
      .where('key_id', '!=', keyId)
      .limit(limit)
      .execute();
    const identifiers = await db
      .selectFrom('identifiers')
      .select(['type', 'blind_index as index', 'sealed'])
      .where('key_id', '!=', keyId)
      .limit(limit)
      .execute();
    return [
      ...factors.map((row) => ({ of: 'factor', ...row }) as const),
      ...identifiers.map((row) => ({ of: 'identifier', ...row }) as const),
    ];
  },
  async inUse(since) {
    const rows = await db
      .selectFrom('factors')
      .select('key_id as keyId')
      .union(db.selectFrom('identifiers').select('key_id as keyId'))
      .union(db.selectFrom('outbox').select('key_id as keyId'))
      .union(db.selectFrom('flows').select('key_id as keyId').where('created_at', '>', since))
      .union(db.selectFrom('challenges').select('key_id as keyId').where('sent_at', '>', since))
      .orderBy('keyId')
      .execute();
    return rows.map(({ keyId }) => keyId);
  },
});

/** The comparison with what was read is what keeps a change that came between. */
export const rekey = async (db: Database, { row, sealed, keyId }: WriteOf<'rekey'>): Promise<Committed> => {
  const anew = { sealed, key_id: keyId };
  if (row.of === 'factor') {
    await db.updateTable('factors').set(anew).where('id', '=', row.id).where('sealed', '=', row.sealed).execute();
  } else {
    await db
      .updateTable('identifiers')
      .set(anew)
      .where('type', '=', row.type)
      .where('blind_index', '=', row.index)
      .where('sealed', '=', row.sealed)
      .execute();
  }
  return done;
};
