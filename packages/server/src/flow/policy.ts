import { within } from '../deadline.ts';
import type { Parts } from '../parts.ts';
import type { Policy, Settings } from '../settings/schema.ts';
import { type Draft, userIdOf } from './draft.ts';

const mandatory: Policy = { mode: 'mandatory' };

/** What the hook says of this user; where it fails, or says nothing in time, the door is not left open. */
const askHook = async (parts: Parts, userId: string): Promise<Policy | null> => {
  const { policyFor: hook } = parts;
  if (!hook) return null;
  try {
    return (await within(parts.policyTimeout, 'policyFor', async () => hook({ userId }))) ?? null;
  } catch (error) {
    parts.report(error);
    return mandatory;
  }
};

/** The policy for a user, now: the hook's, else that of the settings, mandatory once its day has come. */
export const policyFor = async (parts: Parts, settings: Settings, userId: string): Promise<Policy> => {
  const policy = (await askHook(parts, userId)) ?? settings.policy;
  if (policy.mode === 'mandatory' || policy.mandatoryFrom === undefined) return policy;
  return parts.now() >= Date.parse(policy.mandatoryFrom) ? mandatory : policy;
};

/** The policy for the flow's user. */
export const policyOf = (draft: Draft): Promise<Policy> =>
  (draft.read.policy ??= policyFor(draft.parts, draft.settings, userIdOf(draft)));
