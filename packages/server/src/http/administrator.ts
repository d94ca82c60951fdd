import { CountersignError } from '@countersign/core/errors';
import { type Random, randomToken, secureRandom } from '../crypto/random.ts';
import { hashToken, placeOf } from '../crypto/vault.ts';
import { causedBy } from '../events/cause.ts';
import type { Parts } from '../parts.ts';
import type { Environment } from './app.ts';
import { guardSite, readBearer } from './guards.ts';

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

/** How the record names a key: by the beginning of its hash, which opens nothing. */
const actorOf = ({ keyHash }: Administrator): string => `key:${keyHash.slice(0, 8)}`;

/**
 * Lets through who bears a key with the scope, and gives the parts as they use them; `auth.unauthorized` for everybody
 * else.
 */
export const guardAdministrator = async (
  { parts, peer }: Pick<Environment['Bindings'], 'parts' | 'peer'>,
  request: Request,
  scope: Scope,
): Promise<Parts> => {
  guardSite(parts, peer);
  const { administrators, now } = parts;
  const open = administrators.filter(
    ({ scopes: held, expiresAt }) => held.includes(scope) && now() < (expiresAt ?? Infinity),
  );
  const place = await placeOf(
    readBearer(request),
    open.map(({ keyHash }) => keyHash),
  );
  const known = open[place];
  if (!known) throw new CountersignError('auth.unauthorized');
  return causedBy(parts, { ...parts.cause, actor: actorOf(known) });
};
