import type { Amr } from '@countersign/core/flow';
import { randomId } from '../../crypto/random.ts';
import { sealedBy } from '../../crypto/vault.ts';
import type { Draft } from '../draft.ts';
import { identifierOf } from './identifier-of.ts';

/**
 * Makes the user of a sign-up, `passwordHash` being null where a code is all that one signs in with; whether the address
 * is still free is decided by the commit.
 */
export const createUser = ({ parts, flow, writes }: Draft, passwordHash: string | null, amr: Amr): void => {
  const { type, sealed, index, verifiedAt } = identifierOf({ flow });
  const createdAt = parts.now();
  const userId = randomId(parts.random, 'usr');
  writes.push({
    type: 'add-user',
    user: { id: userId, passwordHash, mfaEnabled: false, skipped: [], defaultFactor: null, createdAt },
  });
  const keyId = sealedBy(sealed);
  writes.push({ type: 'add-identifier', identifier: { userId, type, sealed, index, keyId, verifiedAt, createdAt } });
  flow.userId = userId;
  flow.firstFactor = { amr: [amr], at: createdAt };
};
