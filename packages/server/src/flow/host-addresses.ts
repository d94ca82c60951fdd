import { CountersignError, isCountersignError } from '@countersign/core/errors';
import type { ProvedIdentifier } from '@countersign/core/factor';
import type { Identifier } from '@countersign/core/identifier';
import { sealedBy } from '../crypto/vault.ts';
import { aboutUser } from '../events/happening.ts';
import { commitRecorded } from '../events/record.ts';
import type { Parts } from '../parts.ts';
import { factorOfAddress } from './factors/factor-of-address.ts';
import { factorRow } from './factors/held.ts';
import { readIdentifier, sealIdentifier } from './primary/identifiers.ts';

/** An address that the host knows a user by. */
export interface HostAddress extends Identifier {
  /** When the host proved that it is the user's, in Unix milliseconds. Default: nobody has. */
  verifiedAt?: number | undefined;
}

/** The address in its one form; what is no address is told by its place in the list. */
const read = (typed: HostAddress, place: number): Identifier => {
  try {
    return readIdentifier({ type: typed.type, value: typed.value }, null);
  } catch (error) {
    if (!isCountersignError(error)) throw error;
    throw new CountersignError('guard.invalid_input', { path: `identifiers.${place}.value` }, { cause: error });
  }
};

/** Notes that a user is known by an address; lost where somebody else has proved it, or claimed it as well: nobody is told. */
export const nameUser = async (parts: Parts, userId: string, address: HostAddress): Promise<void> => {
  const { type, index, sealed } = await sealIdentifier(parts, address);
  const { verifiedAt = null } = address;
  const identifier = { userId, type, index, sealed, keyId: sealedBy(sealed), verifiedAt, createdAt: parts.now() };
  await commitRecorded(parts, { writes: [{ type: 'add-identifier', identifier }] }, aboutUser(userId));
};

/** Makes a factor of a proved address, without a message, whoever else it names; a number serves five users at most. */
const bind = async (parts: Parts, userId: string, address: ProvedIdentifier): Promise<void> => {
  if ((await parts.store.users.find(userId))?.skipped.includes('bind-proved')) return;
  const { factors } = await parts.settings.read();
  const held = await parts.store.factors.list(userId);
  for (const type of factors) {
    const made = await factorOfAddress(parts, type, { address, held });
    if (made === null) continue;
    const factor = await factorRow(parts, { userId, type, source: 'identifier', vouched: Infinity }, made);
    await commitRecorded(parts, { writes: [{ type: 'add-factor', factor }] }, aboutUser(userId));
  }
};

/** Takes note of what a host knows of a user; when it begins a sign-in, proved addresses become the factors they are. */
export const takeAddresses = async (
  parts: Parts,
  { userId, kind }: { userId: string; kind: string },
  addresses: readonly HostAddress[],
): Promise<void> => {
  const given = addresses.map((one, place) => ({ ...read(one, place), verifiedAt: one.verifiedAt }));
  for (const { verifiedAt, ...address } of given) {
    await nameUser(parts, userId, { ...address, verifiedAt });
    if (kind === 'sign-in' && verifiedAt !== undefined) await bind(parts, userId, { ...address, verifiedAt });
  }
};
