import type { Policy } from '../settings/schema.ts';
import { type Draft, userIdOf } from './draft.ts';

const mandatory: Policy = { mode: 'mandatory' };

/** What the hook says of this user; where it fails the door is not left open. */
const askHook = async (draft: Draft): Promise<Policy | null> => {
  const { parts } = draft;
  try {
    return (await parts.policyFor?.({ userId: userIdOf(draft) })) ?? null;
  } catch (error) {
    parts.report(error);
    return mandatory;
  }
};

/** The policy for the flow's user, now: the hook's, else that of the settings, mandatory once its day has come. */
export const policyOf = async (draft: Draft): Promise<Policy> => {
  const policy = (await askHook(draft)) ?? draft.settings.policy;
  if (policy.mode === 'mandatory' || policy.mandatoryFrom === undefined) return policy;
  return draft.parts.now() >= Date.parse(policy.mandatoryFrom) ? mandatory : policy;
};
