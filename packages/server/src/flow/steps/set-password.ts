import { engineActions } from '@countersign/core/flow';
import { randomId } from '../../crypto/random.ts';
import type { Draft } from '../draft.ts';
import { enterNext } from '../enter.ts';
import { identifierOf } from '../primary/identifier-of.ts';
import { openIdentifier } from '../primary/identifiers.ts';
import { checkNewPassword, normalizePassword, passwordLength } from '../primary/password-rules.ts';
import { type At, payload, type StepRules } from './rules.ts';

/** Makes the user; whether the address is still free is decided by the commit. */
const createUser = async (draft: Draft, passwordHash: string): Promise<void> => {
  const { parts, flow, writes } = draft;
  const { type, sealed, index, verifiedAt } = identifierOf(draft);
  const createdAt = parts.now();
  const userId = randomId(parts.random, 'usr');
  writes.push({ type: 'add-user', user: { id: userId, passwordHash, mfaEnabled: false, skipped: [], createdAt } });
  const { keyId } = parts.vault;
  writes.push({ type: 'add-identifier', identifier: { userId, type, sealed, index, keyId, verifiedAt, createdAt } });
  flow.userId = userId;
  flow.firstFactor = { amr: ['pwd'], at: createdAt };
};

/** The password of a new user. */
export const setPassword: StepRules<At<'set-password'>> = {
  accepts: async () => ['set-password'],
  async act(draft, _position, action) {
    const { parts, settings } = draft;
    const password = normalizePassword(payload(engineActions['set-password'], action).password);
    const identifier = await openIdentifier(parts, identifierOf(draft));
    await checkNewPassword(password, { identifier, appName: settings.appName });
    await createUser(draft, await parts.hasher.create(password));
    await enterNext(draft);
  },
  async show(draft, { name }, base) {
    const identifier = await openIdentifier(draft.parts, identifierOf(draft));
    const { minimum, maximum } = passwordLength;
    return { ...base, name, identifier, minLength: minimum, maxLength: maximum };
  },
};
