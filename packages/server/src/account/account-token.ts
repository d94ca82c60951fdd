import { CountersignError } from '@countersign/core/errors';
import type { Amr } from '@countersign/core/flow';
import { aboutUser } from '../events/happening.ts';
import { record } from '../events/record.ts';
import type { Parts } from '../parts.ts';
import { newSession, sessionToken } from '../session/new-session.ts';

/** Milliseconds that an account token lives, and how old the sign-in may be that it is given for. */
const life = 10 * 60_000;

/** What a host says when it lets a user of its own at their account here. */
export interface AccountTokenOptions {
  /** The host's own id of the user, who is made known by this. */
  userId: string;
  /** How and when (Unix milliseconds) the host proved who the user is; at most 10 minutes ago. */
  firstFactor: { amr: readonly Amr[]; at: number };
}

/** Bearer of the account's routes and of nothing else. */
export interface AccountToken {
  token: string;
  /** Unix milliseconds. */
  expiresAt: number;
}

/** Lets a user of a host at their account for ten minutes; every change still needs a step-up. */
export const issueAccountToken = async (
  parts: Parts,
  { userId, firstFactor }: AccountTokenOptions,
): Promise<AccountToken> => {
  if (parts.now() - firstFactor.at > life)
    throw new CountersignError('guard.invalid_input', { path: 'firstFactor.at' });
  await parts.store.users.ensure(userId, parts.now());
  const { keyId } = parts.vault;
  const session = await newSession(parts, { userId, scope: 'account', amr: firstFactor.amr, lifeMs: life, keyId });
  await record(parts, { writes: [{ type: 'add-session', session }] }, aboutUser(userId));
  return { token: await sessionToken(parts, session.id, keyId), expiresAt: session.expiresAt };
};
