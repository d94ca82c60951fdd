import { CountersignError } from '@countersign/core/errors';
import { countFailure } from './count-failure.ts';
import type { Draft } from '../draft.ts';
import { enterNext } from '../enter.ts';
import { normalizePassword } from './password-rules.ts';
import type { FlowIdentifier } from '../../store/rows.ts';
import { userOf } from '../user.ts';

/** The password of the user who is signed in already, asked for again before a change of the account. */
export const confirmPassword = async (draft: Draft, password: string): Promise<void> => {
  const { parts, flow, caller } = draft;
  const user = await userOf(draft);
  const key = await parts.vault.index(['failures', 'password', user.id, caller.addressBlock]);
  await countFailure(draft, { key, typed: password });
  const isRight = await parts.hasher.verify(normalizePassword(password), user.passwordHash);
  if (!isRight) throw new CountersignError('session.invalid_credentials');
  draft.writes.push({ type: 'forget-failures', key });
  flow.firstFactor = { amr: ['pwd'], at: parts.now() };
  await enterNext(draft);
};

/**
 * Signs in with a password. Failures are counted per address and block of network addresses, so that a stranger elsewhere
 * locks nobody out. Unknown users take the same time and get the same `session.invalid_credentials`.
 */
export const signIn = async (draft: Draft, identifier: FlowIdentifier, password: string): Promise<void> => {
  const { parts, flow, caller } = draft;
  const key = await parts.vault.index(['failures', 'password', identifier.index, caller.addressBlock]);
  await countFailure(draft, { key, typed: password });
  const user = await parts.store.users.findByIdentifier(identifier.type, identifier.index);
  const isRight = await parts.hasher.verify(normalizePassword(password), user?.passwordHash ?? null);
  if (!isRight || user === null) throw new CountersignError('session.invalid_credentials');
  draft.writes.push({ type: 'forget-failures', key });
  flow.userId = user.id;
  flow.firstFactor = { amr: ['pwd'], at: parts.now() };
  await enterNext(draft);
};
