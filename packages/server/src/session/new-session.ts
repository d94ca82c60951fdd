import { randomId } from '../crypto/random.ts';
import { hashToken } from '../crypto/vault.ts';
import type { Parts } from '../parts.ts';
import type { SessionRow } from '../store/rows.ts';

/**
 * The token of a session: made of its id, so that an answer that got lost can be given again, and kept nowhere. `keyId`:
 * that of the flow which began it, so that the answer is the same after another key has come.
 */
export const sessionToken = ({ vault }: Parts, sessionId: string, keyId: string): Promise<string> =>
  vault.token(['session', sessionId], keyId);

/** A session that begins now, with the token that {@link sessionToken} gives for the same `keyId`. */
export const newSession = async (
  parts: Parts,
  {
    userId,
    scope,
    amr,
    lifeMs,
    keyId,
  }: Pick<SessionRow, 'userId' | 'amr' | 'scope'> & { lifeMs: number; keyId: string },
): Promise<SessionRow> => {
  const id = randomId(parts.random, 'ses');
  const createdAt = parts.now();
  const tokenHash = await hashToken(await sessionToken(parts, id, keyId));
  return { id, tokenHash, userId, scope, amr, createdAt, expiresAt: createdAt + lifeMs };
};
