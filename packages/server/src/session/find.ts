import type { Session } from '@countersign/core/flow';
import { hashToken } from '../crypto/vault.ts';
import { openIdentifier } from '../flow/primary/identifiers.ts';
import type { Parts } from '../parts.ts';

/** Who is signed in with this token; null for nobody, or no longer. */
export const findSession = async (parts: Parts, token: string): Promise<Session | null> => {
  const session = await parts.store.sessions.find(await hashToken(token));
  if (session === null || parts.now() >= session.expiresAt) return null;
  const { userId, amr, createdAt, expiresAt } = session;
  const rows = await parts.store.users.identifiers(userId);
  const identifiers = await Promise.all(rows.map((row) => openIdentifier(parts, row)));
  const iso = (at: number): string => new Date(at).toISOString();
  return { userId, identifiers, amr, signedInAt: iso(createdAt), expiresAt: iso(expiresAt) };
};
