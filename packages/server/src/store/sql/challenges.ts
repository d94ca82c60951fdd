import type { ChallengeRow } from '../rows.ts';
import type { ChallengeStore, Committed } from '../store.ts';
import { columns } from './columns.ts';
import { countTry } from './count-try.ts';
import { findChallenge } from './find-challenge.ts';
import { done, ifChanged, type WriteOf } from './outcome.ts';
import type { Database, Tables } from './schema.ts';

/** Challenges, and the tries at them. */
export const challenges = (db: Database): ChallengeStore => ({
  find: (id) => findChallenge(db, { id }),
  findUnused: (scope) => findChallenge(db, { unusedOf: scope }),
  countTry: countTry(db),
});

/** All columns but those by which an unused challenge is found, which never change. */
const valuesOf = (row: ChallengeRow): Omit<Tables['challenges'], 'id' | 'scope'> => ({
  purpose: row.purpose,
  subject: row.subject,
  factor_id: row.factorId,
  usage: row.usage,
  channel: row.channel,
  destination_sealed: row.destinationSealed,
  destination_index: row.destinationIndex,
  key_id: row.keyId,
  generation: row.generation,
  sends: row.sends,
  code_hash: row.codeHash,
  superseded: columns.superseded.write(row.superseded),
  sent_at: row.sentAt,
  expires_at: row.expiresAt,
  delivery: row.delivery,
  retry_at: row.retryAt,
  used_at: row.usedAt,
});

/** The unique index on the scope of unused challenges refuses a second one. */
const insertChallenge = async (db: Database, row: ChallengeRow): Promise<Committed> => {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('challenges')
    .values({ id: row.id, scope: row.scope, ...valuesOf(row) })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return ifChanged(numInsertedOrUpdatedRows, 'challenge');
};

export const saveChallenge = async (
  db: Database,
  { challenge, expected }: WriteOf<'save-challenge'>,
): Promise<Committed> => {
  if (expected === null) return insertChallenge(db, challenge);
  const { numUpdatedRows } = await db
    .updateTable('challenges')
    .set(valuesOf(challenge))
    .where('id', '=', challenge.id)
    .where('scope', '=', challenge.scope)
    .where('used_at', 'is', null)
    .where('generation', '=', expected)
    .executeTakeFirst();
  return ifChanged(numUpdatedRows, 'challenge');
};

export const useChallenge = async (db: Database, { id, at }: WriteOf<'use-challenge'>): Promise<Committed> => {
  const { numUpdatedRows } = await db
    .updateTable('challenges')
    .set({ used_at: at })
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .executeTakeFirst();
  return ifChanged(numUpdatedRows, 'challenge');
};

export const noteDelivery = async (
  db: Database,
  { code, delivery, retryAt }: WriteOf<'note-delivery'>,
): Promise<Committed> => {
  await db
    .updateTable('challenges')
    .set({ delivery, retry_at: retryAt })
    .where('id', '=', code.id)
    .where('generation', '=', code.generation)
    .where('delivery', 'in', ['accepted', 'unknown'])
    .execute();
  return done;
};
