import type { ProofStore } from '../store.ts';
import type { Database } from './schema.ts';

/** Proofs that were redeemed; the primary key lets one caller in. */
export const proofs = (db: Database): ProofStore => ({
  async redeem(jti, expiresAt) {
    const { numInsertedOrUpdatedRows } = await db
      .insertInto('redeemed')
      .values({ jti, expires_at: expiresAt })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    return numInsertedOrUpdatedRows === 1n;
  },
});
