import { CountersignError } from '@countersign/core/errors';
import { commitAndTell, endAll } from '../account/change.ts';
import { removalOf } from '../account/factors.ts';
import { heldBy } from '../flow/factors/held.ts';
import { aboutUser } from '../events/happening.ts';
import { record } from '../events/record.ts';
import { addressSecret, lockable, type Secret, subjectOf } from '../guess/secret.ts';
import type { Parts } from '../parts.ts';
import type { Write } from '../store/store.ts';
import type { AdministeredFactor } from './requests.ts';

/** The same for a user, and for a factor, that is not there. */
const notFound = (): CountersignError => new CountersignError('request.not_found');

const iso = (at: number): string => new Date(at).toISOString();

/** Throws `request.not_found` for a user who is not known. */
const mustKnow = async ({ store }: Parts, userId: string): Promise<void> => {
  if ((await store.users.find(userId)) === null) throw notFound();
};

/** What a user holds, oldest first. */
export const listFactors = async (parts: Parts, userId: string): Promise<AdministeredFactor[]> => {
  await mustKnow(parts, userId);
  return (await heldBy(parts, userId)).map(({ row, view: { id, type, target } }) => {
    const lastUsedAt = row.lastUsedAt === null ? null : iso(row.lastUsedAt);
    return { id, type, target, createdAt: iso(row.createdAt), lastUsedAt };
  });
};

/** Takes a factor from a user, who is told; nobody stays signed in, and no flow of the user's goes on. */
export const removeFactor = async (parts: Parts, userId: string, factorId: string): Promise<void> => {
  const held = await parts.store.factors.list(userId);
  const row = held.find(({ id }) => id === factorId);
  if (!row) throw notFound();
  const writes = [...(await removalOf(parts, row)), ...endAll(userId, null)];
  const reader = { userId, flowId: null, held, locale: '' };
  const told = { reader, notice: { type: 'factor-removed', factorId } as const };
  const committed = await commitAndTell(parts, { writes }, told);
  if (!committed.done) throw new Error(`a change without a condition lost ${committed.lost}`);
};

/** Forgets what wrong guesses at the secrets cost, in whichever browser. */
const forgetFailures = async (parts: Parts, secrets: readonly Secret[]): Promise<Write[]> => {
  const subjects = await Promise.all(secrets.map((secret) => subjectOf(parts, secret)));
  return [...new Set(subjects)].map((subject) => ({ type: 'forget-failures', subject, browser: null }));
};

/**
 * Takes a user away with all that is kept about them, at once. Nobody is told, since there is no address left to write
 * to; what was recorded of them is kept as long as every event.
 */
export const removeUser = async (parts: Parts, userId: string): Promise<void> => {
  await mustKnow(parts, userId);
  const addresses = await parts.store.users.identifiers(userId);
  const secrets = [...lockable(parts, userId), ...addresses.map(({ index }) => addressSecret(index, userId))];
  const writes: Write[] = [...(await forgetFailures(parts, secrets)), { type: 'remove-user', userId }];
  await record(parts, { writes }, aboutUser(userId));
};

/** Ends the waits that wrong guesses at a user's factors and passes made, and lets locked factors serve again. */
export const unlock = async (parts: Parts, userId: string): Promise<void> => {
  await mustKnow(parts, userId);
  const held = await parts.store.factors.list(userId);
  const writes: Write[] = [
    ...(await forgetFailures(parts, lockable(parts, userId))),
    ...held.map(
      ({ id }) => ({ type: 'forget-misses', factorId: id, browser: '', action: '', before: Infinity }) as const,
    ),
  ];
  await record(parts, { writes, happened: [{ type: 'unlocked' }] }, aboutUser(userId));
};

/** Forgets what a user declined for good, so that it is asked again. */
export const forgetSkips = async (parts: Parts, userId: string): Promise<void> => {
  await mustKnow(parts, userId);
  await record(parts, { writes: [{ type: 'forget-skips', userId }] }, aboutUser(userId));
};
