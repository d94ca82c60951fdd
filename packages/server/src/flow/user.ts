import type { UserRow } from '../store/rows.ts';
import { type Draft, userIdOf } from './draft.ts';

/** The user as the draft leaves it. */
export const userOf = async (draft: Draft): Promise<UserRow> => {
  const id = userIdOf(draft);
  const made = draft.writes.find((write) => write.type === 'add-user');
  const user = made?.user ?? (await (draft.read.user ??= draft.parts.store.users.find(id)));
  if (user === null) throw new Error(`the flow is of the user "${id}", who is not in the store`);
  const turnedOn = draft.writes.some((write) => write.type === 'turn-on');
  return { ...user, mfaEnabled: user.mfaEnabled || turnedOn };
};
