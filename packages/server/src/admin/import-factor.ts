import { CountersignError, isCountersignError } from '@countersign/core/errors';
import type { NewFactor, ProvedIdentifier } from '@countersign/core/factor';
import type { Identifier } from '@countersign/core/identifier';
import type { InferOutput } from 'valibot';
import { isIndexOpen } from '../flow/factors/factor-context.ts';
import { factorRow } from '../flow/factors/held.ts';
import { readIdentifier } from '../flow/primary/identifiers.ts';
import type { Parts } from '../parts.ts';
import type { importFactorRequest } from './requests.ts';

/** An import, checked. */
export type Import = InferOutput<typeof importFactorRequest>;

const refuse = (path: string): never => {
  throw new CountersignError('guard.invalid_input', { path });
};

const addressOf = ({ phone, email = '' }: Import): Identifier =>
  phone === undefined ? { type: 'email', value: email } : { type: 'phone', value: phone };

/** Countries do not matter: nothing is sent now, and a country that is not listed gets nothing later either. */
const readAddress = (request: Import): Identifier => {
  const typed = addressOf(request);
  try {
    return readIdentifier(typed, 'all');
  } catch (error) {
    if (isCountersignError(error)) throw new CountersignError(error.code, { path: typed.type }, { cause: error });
    throw error;
  }
};

const factorFrom = (parts: Parts, type: string, proved: ProvedIdentifier): NewFactor =>
  parts.factors.get(type)?.fromIdentifier(proved) ?? refuse('type');

/**
 * Gives a user, made known by this, a factor that was proved in another system. It never turns 2-step verification on:
 * that is the policy's or the person's decision. Gives the factor's id.
 */
export const importFactor = async (parts: Parts, userId: string, request: Import): Promise<{ id: string }> => {
  const { type, verifiedAt } = request;
  const now = parts.now();
  if (verifiedAt > now) refuse('verifiedAt');
  const address = readAddress(request);
  const factor = factorFrom(parts, type, { ...address, verifiedAt });
  const isFull = factor.index !== null && !(await isIndexOpen(parts, type, { index: factor.index }));
  if (isFull) throw new CountersignError('user.invalid_phone', { path: address.type });
  await parts.store.users.ensure(userId, now);
  const row = await factorRow(parts, { userId, type, source: 'identifier', vouched: Infinity }, factor);
  const committed = await parts.store.changes.commit([{ type: 'add-factor', factor: row }]);
  if (!committed.done) throw new CountersignError('user.phone_exists_in_profile', { path: address.type });
  return { id: row.id };
};
