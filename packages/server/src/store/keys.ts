import type { FactorRow, IdentifierRow } from './rows.ts';

/** Something sealed that is kept for as long as its owner holds it. */
export type SealedRow =
  | ({ of: 'factor' } & Pick<FactorRow, 'id' | 'userId' | 'sealed'>)
  | ({ of: 'identifier' } & Pick<IdentifierRow, 'type' | 'index' | 'sealed'>);

/** Which keys rows were made with. */
export interface KeyStore {
  /** Factors and addresses that any other key than this has sealed, `limit` of each kind at most. */
  sealedByOthers(keyId: string, limit: number): Promise<SealedRow[]>;
  /** The keys of all factors, addresses and messages, and of what was begun after `since`: flows, and codes sent. */
  inUse(since: number): Promise<string[]>;
}
