import { CountersignError } from '@countersign/core/errors';
import { guess } from '../../guess/guess.ts';
import { passwordSecret } from '../../guess/secret.ts';
import type { Draft } from '../draft.ts';
import { enterNext } from '../enter.ts';
import { normalizePassword } from './password-rules.ts';
import type { FlowIdentifier, UserRow } from '../../store/rows.ts';
import { userOf } from '../user.ts';

/** Whoever is right has shown a first factor; unknown users take the same time and get the same refusal. */
const provePassword = async (
  draft: Draft,
  { name, typed, user }: { name: string; typed: string; user: UserRow | null },
): Promise<void> => {
  const secret = passwordSecret(name, draft.caller.addressBlock);
  const owner = await guess(draft, { secret, typed }, async ({ matches }) =>
    (await matches(normalizePassword(typed), user?.passwordHash ?? null)) ? user : null,
  );
  if (owner === null) throw new CountersignError('session.invalid_credentials');
  draft.flow.userId = owner.id;
  draft.flow.firstFactor = { amr: ['pwd'], at: draft.parts.now() };
  await enterNext(draft);
};

/** The password of the user who is signed in already, asked for again before a change of the account. */
export const confirmPassword = async (draft: Draft, typed: string): Promise<void> => {
  const user = await userOf(draft);
  await provePassword(draft, { name: user.id, typed, user });
};

/** Signs in with a password; throws `session.invalid_credentials`. */
export const signIn = async (draft: Draft, identifier: FlowIdentifier, typed: string): Promise<void> => {
  const user = await draft.parts.store.users.findByIdentifier(identifier.type, identifier.index);
  await provePassword(draft, { name: identifier.index, typed, user });
};
