import type { Committed, ProofStore } from '../store.ts';
import { ifChanged, type WriteOf } from './outcome.ts';
import type { Database } from './schema.ts';

const insert = async (db: Database, jti: string, expiresAt: number): Promise<bigint | undefined> => {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('redeemed')
    .values({ jti, expires_at: expiresAt })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows;
};

/** Proofs that were redeemed; the primary key lets one caller in. */
export const proofs = (db: Database): ProofStore => ({
  redeem: async (jti, expiresAt) => (await insert(db, jti, expiresAt)) === 1n,
});

/** Uses up a permission in the commit of what it permits. */
export const redeem = async (db: Database, { jti, expiresAt }: WriteOf<'redeem'>): Promise<Committed> =>
  ifChanged(await insert(db, jti, expiresAt), 'spent');
