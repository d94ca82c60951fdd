import { readEmail } from '@countersign/core/email';
import { CountersignError } from '@countersign/core/errors';
import type { ProvedIdentifier } from '@countersign/core/factor';
import type { Identifier } from '@countersign/core/identifier';
import { isReachable, type Reach, readPhone } from '@countersign/core/phone';
import metadata from 'libphonenumber-js/max/metadata';
import type { Parts } from '../../parts.ts';
import type { FlowIdentifier, IdentifierRow } from '../../store/rows.ts';
import { type Draft, userIdOf } from '../draft.ts';

const readValue = ({ type, value }: Identifier, reach: Reach | null): string | null => {
  if (type === 'email') return readEmail(value);
  const phone = readPhone(value, { metadata });
  return phone && (reach === null || isReachable(phone, reach)) ? phone.e164 : null;
};

/**
 * The address in its one form; `user.invalid_email` or `user.invalid_phone`, at `path`, where nothing can be sent to it.
 * `reach` is null where the address only names a user.
 */
export const readIdentifier = (typed: Identifier, reach: Reach | null, path = 'identifier.value'): Identifier => {
  const value = readValue(typed, reach);
  if (value !== null) return { type: typed.type, value };
  throw new CountersignError(`user.invalid_${typed.type}`, { path });
};

/** What an address is sealed with: bound to the index beside it, so that a row moved elsewhere does not open. */
export const identifierContext = ({ type, index }: Pick<FlowIdentifier, 'type' | 'index'>): string[] => [
  'identifier',
  type,
  index,
];

/** The address as it is kept in a flow and in the user's row. */
export const sealIdentifier = async ({ vault }: Parts, { type, value }: Identifier): Promise<FlowIdentifier> => {
  const index = await vault.index(['identifier', type, value]);
  return { type, index, sealed: await vault.seal(value, identifierContext({ type, index })), verifiedAt: null };
};

/** The address in the clear. */
export const openIdentifier = async (
  { vault }: Parts,
  row: Pick<FlowIdentifier, 'type' | 'index' | 'sealed'>,
): Promise<Identifier> => ({ type: row.type, value: await vault.open(row.sealed, identifierContext(row)) });

/** The same of an address that was proved, with the time. */
export const openProved = async (
  parts: Parts,
  row: IdentifierRow & { verifiedAt: number },
): Promise<ProvedIdentifier> => ({ ...(await openIdentifier(parts, row)), verifiedAt: row.verifiedAt });

/** Whether anybody has proved that the address is its user's; only then is it a factor, a contact, or a way to a reset. */
export const isProved = <Row extends { verifiedAt: number | null }>(row: Row): row is Row & { verifiedAt: number } =>
  row.verifiedAt !== null;

/** The addresses that the user will have once the draft is committed, oldest first. */
export const addressesOf = async (draft: Draft): Promise<IdentifierRow[]> => [
  ...(await draft.parts.store.users.identifiers(userIdOf(draft))),
  ...draft.writes.flatMap((write) => (write.type === 'add-identifier' ? [write.identifier] : [])),
];

/** The addresses that a user has proved, in the clear. */
export const addressesOfUser = async (parts: Parts, userId: string): Promise<ProvedIdentifier[]> => {
  const rows = (await parts.store.users.identifiers(userId)).filter(isProved);
  return Promise.all(rows.map((row) => openProved(parts, row)));
};
