import { CountersignError } from '@countersign/core/errors';
import { countFailure, type SecretTry } from './count-failure.ts';
import type { Draft } from '../draft.ts';
import { enterNext } from '../enter.ts';
import { normalizePassword } from './password-rules.ts';
import type { FlowIdentifier, UserRow } from '../../store/rows.ts';
import { userOf } from '../user.ts';

/** Keeps the password under the hash of today, unless its owner has another one by then. */
const renewHash = async ({ parts, writes }: Draft, { id: userId, passwordHash }: UserRow, password: string) => {
  if (passwordHash === null || parts.hasher.isCurrent(passwordHash)) return;
  const renewed = await parts.hasher.create(password);
  writes.push({ type: 'set-password', userId, passwordHash: renewed, replaces: passwordHash });
};

/** Counts the try, then judges it; where there is no such user it takes as long to say no. */
const checkPassword = async (draft: Draft, user: UserRow | null, { key, typed }: SecretTry): Promise<UserRow> => {
  const { parts, flow, writes } = draft;
  await countFailure(draft, { key, typed });
  const password = normalizePassword(typed);
  const isRight = await parts.hasher.verify(password, user?.passwordHash ?? null);
  if (!isRight || user === null) throw new CountersignError('session.invalid_credentials');
  writes.push({ type: 'forget-failures', key });
  await renewHash(draft, user, password);
  flow.firstFactor = { amr: ['pwd'], at: parts.now() };
  return user;
};

/** The password of the user who is signed in already, asked for again before a change of the account. */
export const confirmPassword = async (draft: Draft, typed: string): Promise<void> => {
  const user = await userOf(draft);
  const key = await draft.parts.vault.index(['failures', 'password', user.id, draft.caller.addressBlock]);
  await checkPassword(draft, user, { key, typed });
  await enterNext(draft);
};

/**
 * Signs in with a password. Failures are counted per address and block of network addresses, so that a stranger elsewhere
 * locks nobody out. Unknown users take the same time and get the same `session.invalid_credentials`.
 */
export const signIn = async (draft: Draft, { type, index }: FlowIdentifier, typed: string): Promise<void> => {
  const { parts, flow, caller } = draft;
  const key = await parts.vault.index(['failures', 'password', index, caller.addressBlock]);
  const user = await parts.store.users.findByIdentifier(type, index);
  flow.userId = (await checkPassword(draft, user, { key, typed })).id;
  await enterNext(draft);
};
