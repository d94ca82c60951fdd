import { CountersignError } from '@countersign/core/errors';
import { engineActions } from '@countersign/core/flow';
import { endAll } from '../../account/change.ts';
import { complete } from '../complete.ts';
import { type Draft, userIdOf } from '../draft.ts';
import { enterNext } from '../enter.ts';
import { createUser } from '../primary/create-user.ts';
import { identifierOf } from '../primary/identifier-of.ts';
import { openIdentifier } from '../primary/identifiers.ts';
import { checkNewPassword, normalizePassword, passwordLength } from '../primary/password-rules.ts';
import { type At, payload, type StepRules } from './rules.ts';

/** Whether something else comes first by now: a factor that was added elsewhere since this step was entered. */
const isAskedForMore = async (draft: Draft): Promise<boolean> => {
  await enterNext(draft);
  return draft.flow.position.name !== 'set-password';
};

/** Whoever was signed in with the old password, or trusted on its account, is so no longer; nobody is signed in by this. */
const resetPassword = async (draft: Draft, passwordHash: string): Promise<void> => {
  if (await isAskedForMore(draft)) {
    draft.refusal = new CountersignError('flow.step_changed');
    return;
  }
  const userId = userIdOf(draft);
  draft.writes.push({ type: 'set-password', userId, passwordHash, replaces: null }, ...endAll(userId, draft.flow.id));
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
    createUser(draft, passwordHash, 'pwd');
    await enterNext(draft);
  },
  async show(draft, { name }, base) {
    const identifier = await openIdentifier(draft.parts, identifierOf(draft));
    const { minimum, maximum } = passwordLength;
    return { ...base, name, identifier, minLength: minimum, maxLength: maximum };
  },
};
