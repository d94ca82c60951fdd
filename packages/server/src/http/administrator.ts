import { CountersignError } from '@countersign/core/errors';
import { type Random, randomToken, secureRandom } from '../crypto/random.ts';
import { hashToken } from '../crypto/vault.ts';
import type { Parts } from '../parts.ts';

/** What an administrator's key may be used for. */
export const scopes = ['flows', 'users:read', 'users:write', 'settings', 'events'] as const;
export type Scope = (typeof scopes)[number];

/** A key of the administration, known by its hash. */
export interface Administrator {
  /** SHA-256 of the key in base64url, as {@link createAdministratorKey} gives it. */
  keyHash: string;
  scopes: readonly Scope[];
  /** Unix milliseconds; null for never. */
  expiresAt: number | null;
}

/** Makes a key: `key` goes to who uses it, `keyHash` into the backend's options. */
export const createAdministratorKey = async (
  random: Random = secureRandom,
): Promise<{ key: string; keyHash: string }> => {
  const key = randomToken(random);
  return { key, keyHash: await hashToken(key) };
};

/** Lets through who bears a key with the scope; `auth.unauthorized` for everybody else. */
export const guardAdministrator = async (parts: Parts, token: string, scope: Scope): Promise<void> => {
  const keyHash = await hashToken(token);
  const isKnown = parts.administrators.some(
    (one) => one.keyHash === keyHash && one.scopes.includes(scope) && parts.now() < (one.expiresAt ?? Infinity),
  );
  if (!isKnown) throw new CountersignError('auth.unauthorized');
};
