import type { Draft } from '../flow/draft.ts';
import { findOwner } from '../flow/primary/owner.ts';
import type { Sending } from './sending.ts';

/** Codes that nobody who has proved to be anybody asks for. */
const unproved: readonly string[] = ['sign-up', 'sign-in', 'reset-password'];

/** Whether a code for this is sent to a user who is known, rather than to whoever names an address. */
export const isOfUser = (purpose: string): boolean => !unproved.includes(purpose);

/** Who asks for a code: a stranger, unless this is a browser that the owner of the address was let in with before. */
export const whoAsks = async ({ parts, flow }: Draft, purpose: string): Promise<Sending['by']> => {
  if (isOfUser(purpose)) return 'user';
  if (purpose === 'sign-up' || flow.identifier === null || flow.browserHash === null) return 'stranger';
  const owner = await findOwner(parts.store, flow.identifier);
  // Asked for nobody as well, so that the time does not tell who has an account.
  const isKnown = await parts.store.browsers.isKnown(owner?.id ?? '', flow.browserHash);
  return isKnown ? 'known' : 'stranger';
};
