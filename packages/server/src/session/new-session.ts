import { randomId } from '../crypto/random.ts';
import { hashToken } from '../crypto/vault.ts';
import type { Parts } from '../parts.ts';
import type { SessionRow } from '../store/rows.ts';

/** The token of a session: made of its id, so that an answer that got lost can be given again, and kept nowhere. */
export const sessionToken = ({ vault }: Parts, sessionId: string): Promise<string> =>
  vault.token(['session', sessionId]);

/** A session that begins now. */
export const newSession = async (
  parts: Parts,
  { userId, scope, amr, lifeMs }: Pick<SessionRow, 'userId' | 'amr' | 'scope'> & { lifeMs: number },
): Promise<SessionRow> => {
  const id = randomId(parts.random, 'ses');
  const createdAt = parts.now();
  const tokenHash = await hashToken(await sessionToken(parts, id));
  return { id, tokenHash, userId, scope, amr, createdAt, expiresAt: createdAt + lifeMs };
};
