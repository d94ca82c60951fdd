import type { Store } from '../../store/store.ts';
import type { FlowIdentifier, UserRow } from '../../store/rows.ts';
import { isProved } from './identifiers.ts';

/**
 * Whom a code to this address lets in: the user who has proved it. An address that somebody else has entered for a user
 * may be anybody's.
 */
export const findOwner = async (
  { users }: Pick<Store, 'users'>,
  { type, index }: Pick<FlowIdentifier, 'type' | 'index'>,
): Promise<UserRow | null> => {
  const user = await users.findByIdentifier(type, index);
  // Looked for in any case, so that the time does not tell whether there is anybody.
  const rows = await users.identifiers(user?.id ?? '');
  return rows.filter(isProved).some((row) => row.index === index) ? user : null;
};
