import type { Session } from '@countersign/core/flow';
import { hashToken } from '../crypto/vault.ts';
import { openIdentifier } from '../flow/primary/identifiers.ts';
import { aboutUser } from '../events/happening.ts';
import { record } from '../events/record.ts';
import type { Parts } from '../parts.ts';
import type { SessionRow } from '../store/rows.ts';

/** The session of this token while it goes on, of either scope; null for none. */
export const findOpenSession = async (parts: Parts, token: string): Promise<SessionRow | null> => {
  const session = await parts.store.sessions.find(await hashToken(token));
  return session !== null && parts.now() < session.expiresAt ? session : null;
};

/** Who is signed in with this token; null for nobody, or no longer. */
export const findSession = async (parts: Parts, token: string): Promise<Session | null> => {
  const session = await findOpenSession(parts, token);
  if (session?.scope !== 'all') return null;
  const { userId, amr, createdAt, expiresAt } = session;
  const rows = await parts.store.users.identifiers(userId);
  const identifiers = await Promise.all(rows.map((row) => openIdentifier(parts, row)));
  const iso = (at: number): string => new Date(at).toISOString();
  return { userId, identifiers, amr, signedInAt: iso(createdAt), expiresAt: iso(expiresAt) };
};

/** Ends the session of this token; does nothing where there is none. */
export const signOut = async (parts: Parts, token: string): Promise<void> => {
  const tokenHash = await hashToken(token);
  const session = await parts.store.sessions.find(tokenHash);
  if (session === null) return;
  await record(parts, { writes: [{ type: 'end-session', tokenHash }] }, aboutUser(session.userId));
};
