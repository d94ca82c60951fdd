import { randomId } from '../crypto/random.ts';
import { newSession } from '../session/new-session.ts';
import type { ResultRef } from '../store/rows.ts';
import { methodsOf } from './amr.ts';
import { type Draft, userIdOf } from './draft.ts';
import { usableFactors } from './factors/held.ts';
import { policyOf } from './policy.ts';
import { isSigningIn } from './signing-in.ts';
import { userOf } from './user.ts';

/** What comes out is remembered in the commit that ends the flow, so that nothing can be had without it. */
const resultOf = async (draft: Draft): Promise<ResultRef> => {
  const { parts, settings, flow, writes } = draft;
  if (flow.host !== null) return { type: 'proof', jti: randomId(parts.random, 'prf') };
  if (flow.sessionId !== null && flow.kind === 'verify') return { type: 'step-up', jti: randomId(parts.random, 'stu') };
  if (flow.sessionId !== null || flow.kind === 'reset-password') return { type: 'none' };
  const lifeMs = settings.sessions.lifeHours * 3600_000;
  const session = await newSession(parts, {
    userId: userIdOf(draft),
    scope: 'all',
    amr: methodsOf(parts, flow),
    lifeMs,
    keyId: flow.keyId,
  });
  writes.push({ type: 'add-session', session });
  return { type: 'session', sessionId: session.id };
};

/** Ends the flow well. Who gets through a mandatory policy has 2-step verification on from then on. */
export const complete = async (draft: Draft): Promise<void> => {
  const { parts, flow } = draft;
  const mustHave = isSigningIn(flow) && (await policyOf(draft)).mode === 'mandatory';
  if (mustHave && (await usableFactors(draft)).length > 0 && !(await userOf(draft)).mfaEnabled) {
    draft.writes.push({ type: 'turn-on', userId: userIdOf(draft) });
  }
  if (flow.browserHash !== null) {
    draft.writes.push({ type: 'know-browser', userId: userIdOf(draft), browser: flow.browserHash, at: parts.now() });
  }
  const id = randomId(parts.random, 'stp');
  flow.position = { name: 'complete', id, at: parts.now(), result: await resultOf(draft) };
  draft.entered = true;
};
