import { engineActions } from '@countersign/core/flow';
import { randomId } from '../../crypto/random.ts';
import { complete } from '../complete.ts';
import { type Draft, userIdOf } from '../draft.ts';
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
  writes.push({
    type: 'add-user',
    user: { id: userId, passwordHash, mfaEnabled: false, skipped: [], defaultFactor: null, createdAt },
  });
  const { keyId } = parts.vault;
  writes.push({ type: 'add-identifier', identifier: { userId, type, sealed, index, keyId, verifiedAt, createdAt } });
  flow.userId = userId;
  flow.firstFactor = { amr: ['pwd'], at: createdAt };
};

/** Whoever was signed in with the old password, or trusted on its account, is so no longer; nobody is signed in by this. */
const resetPassword = async (draft: Draft, passwordHash: string): Promise<void> => {
  const userId = userIdOf(draft);
  draft.writes.push(
    { type: 'set-password', userId, passwordHash },
    { type: 'end-sessions', userId, except: null },
    { type: 'forget-devices', userId, id: null },
  );
  draft.notices.push({ type: 'password-reset', factorId: null });
  await complete(draft);
};

/** The password of a new user, or a new one in the place of a forgotten one. */
export const setPassword: StepRules<At<'set-password'>> = {
  accepts: async () => ['set-password'],
  async act(draft, _position, action) {
    const { parts, settings } = draft;
    const password = normalizePassword(payload(engineActions['set-password'], action).password);
    const identifier = await openIdentifier(parts, identifierOf(draft));
    await checkNewPassword(password, { identifier, appName: settings.appName });
    const passwordHash = await parts.hasher.create(password);
    if (draft.flow.kind === 'reset-password') return resetPassword(draft, passwordHash);
    await createUser(draft, passwordHash);
    await enterNext(draft);
  },
  async show(draft, { name }, base) {
    const identifier = await openIdentifier(draft.parts, identifierOf(draft));
    const { minimum, maximum } = passwordLength;
    return { ...base, name, identifier, minLength: minimum, maxLength: maximum };
  },
};
