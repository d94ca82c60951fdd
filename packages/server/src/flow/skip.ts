import type { SkipMark } from '../store/rows.ts';
import { policyOf } from './policy.ts';
import { isSigningIn } from './signing-in.ts';
import { type Draft, userIdOf } from './draft.ts';

/** Whether setting up may be put off: in a sign-up or sign-in, and only under an optional policy. */
export const maySkipSetup = async (draft: Draft): Promise<boolean> =>
  isSigningIn(draft.flow) && (await policyOf(draft)).mode === 'optional';

/** Not in this flow. */
export const decline = ({ flow }: Draft, mark: SkipMark): void => {
  flow.skipped = [...flow.skipped, mark];
};

/** Neither in this flow nor in a later one. */
export const declineForGood = (draft: Draft, mark: SkipMark): void => {
  decline(draft, mark);
  draft.writes.push({ type: 'skip', userId: userIdOf(draft), mark });
};
