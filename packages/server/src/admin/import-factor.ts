import { CountersignError } from '@countersign/core/errors';
import type { ProvedIdentifier } from '@countersign/core/factor';
import type { Identifier } from '@countersign/core/identifier';
import type { InferOutput } from 'valibot';
import { commitAndTell, endAll } from '../account/change.ts';
import { isIndexOpen } from '../flow/factors/factor-context.ts';
import { factorRow } from '../flow/factors/held.ts';
import { nameUser } from '../flow/host-addresses.ts';
import { readIdentifier } from '../flow/primary/identifiers.ts';
import type { Parts } from '../parts.ts';
import { proofChannels } from '../settings/available.ts';
import type { importFactorRequest } from './requests.ts';

/** An import, checked. */
export type Import = InferOutput<typeof importFactorRequest>;

interface Proved {
  type: string;
  proved: ProvedIdentifier;
}

const refuse = (path: string): never => {
  throw new CountersignError('guard.invalid_input', { path });
};

const addressOf = ({ phone, email = '' }: Import): Identifier =>
  phone === undefined ? { type: 'email', value: email } : { type: 'phone', value: phone };

const addFactor = async (parts: Parts, userId: string, { type, proved }: Proved): Promise<string> => {
  const factor = parts.factors.get(type)?.fromIdentifier(proved) ?? refuse('type');
  const isFull = factor.index !== null && !(await isIndexOpen(parts, type, { index: factor.index }));
  if (isFull) throw new CountersignError(`user.invalid_${proved.type}`, { path: proved.type });
  await parts.store.users.ensure(userId, parts.now());
  const held = await parts.store.factors.list(userId);
  const row = await factorRow(parts, { userId, type, source: 'identifier', vouched: Infinity }, factor);
  const writes = [{ type: 'add-factor', factor: row } as const, ...endAll(userId, null)];
  const reader = { userId, flowId: null, held, locale: '' };
  const notice = { type: 'factor-added', factorId: row.id } as const;
  const committed = await commitAndTell(parts, { writes }, { reader, notice });
  if (!committed.done) throw new CountersignError(`user.${proved.type}_exists_in_profile`, { path: proved.type });
  return row.id;
};

/**
 * Gives a user, made known by this, a factor that was proved in another system; an address that nobody has proved is kept
 * as known, and suggested when such a factor is set up. Neither turns 2-step verification on: that is the policy's or
 * the person's decision. With a factor nobody stays signed in, and a user who has another address is told. Gives the
 * factor's id; null where there is none yet.
 */
export const importFactor = async (parts: Parts, userId: string, request: Import): Promise<{ id: string | null }> => {
  const { type, verifiedAt } = request;
  const now = parts.now();
  if (verifiedAt !== null && verifiedAt > now) refuse('verifiedAt');
  const typed = addressOf(request);
  // Nothing is sent now, and a country that is not listed gets nothing later either.
  const address = readIdentifier(typed, null, typed.type);
  if (verifiedAt !== null) return { id: await addFactor(parts, userId, { type, proved: { ...address, verifiedAt } }) };
  if (!parts.factors.get(type)?.channels.includes(proofChannels[address.type])) refuse('type');
  await parts.store.users.ensure(userId, now);
  await nameUser(parts, userId, address);
  return { id: null };
};
