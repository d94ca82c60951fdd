import { ConfigurationError } from '@countersign/core/errors';
import { aboutUser } from './events/happening.ts';
import { record } from './events/record.ts';
import { sealContext } from './flow/factors/held.ts';
import { identifierContext } from './flow/primary/identifiers.ts';
import type { Parts } from './parts.ts';
import type { SealedRow } from './store/keys.ts';
import type { Write } from './store/store.ts';

/** Rows of a kind that are sealed anew in one commit. */
const batch = 100;

/** Milliseconds after which nothing that was begun with a key needs it any more: a code's waits are kept so long. */
const day = 24 * 3600_000;

const contextOf = (row: SealedRow): string[] => (row.of === 'factor' ? sealContext(row) : identifierContext(row));

const anew = async ({ vault }: Parts, row: SealedRow): Promise<Write> => {
  const context = contextOf(row);
  const sealed = await vault.seal(await vault.open(row.sealed, context), context);
  return { type: 'rekey', row, sealed, keyId: vault.keyId };
};

/** See `Backend.keys.rekey`. */
export const rekey = async (parts: Parts): Promise<number> => {
  const { store, vault } = parts;
  const next = (): Promise<SealedRow[]> => store.keys.sealedByOthers(vault.keyId, batch);
  let done = 0;
  for (let rows = await next(); rows.length > 0; rows = await next()) {
    await record(parts, { writes: await Promise.all(rows.map((row) => anew(parts, row))) }, aboutUser(null));
    done += rows.length;
  }
  if (done > 0) await record(parts, { happened: [{ type: 'keys-rotated', target: vault.keyId }] }, aboutUser(null));
  return done;
};

const inUse = ({ store, now }: Parts): Promise<string[]> => store.keys.inUse(now() - day);

/** See `Backend.keys.check`. */
export const checkKeys = async (parts: Parts): Promise<void> => {
  const missing = (await inUse(parts)).filter((id) => !parts.vault.keyIds.includes(id));
  if (missing.length === 0) return;
  throw new ConfigurationError(
    `keys: add ${missing.join(', ')}, which stored rows were made with, or nobody can use them`,
  );
};

/** See `Backend.keys.spare`. */
export const spareKeys = async (parts: Parts): Promise<string[]> => {
  const { keyId, keyIds } = parts.vault;
  const used = await inUse(parts);
  return keyIds.filter((id) => id !== keyId && !used.includes(id));
};
