import { CountersignError } from '@countersign/core/errors';
import type { FlowResult } from '@countersign/core/flow';
import { stepUpLife, stepUpToken } from '../../account/step-up.ts';
import { sessionToken } from '../../session/new-session.ts';
import { methodsOf } from '../amr.ts';
import { type Draft, userIdOf } from '../draft.ts';
import { heldFactors, viewOf } from '../factors/held.ts';
import type { ResultRef } from '../../store/rows.ts';
import type { At, StepRules } from './rules.ts';

const proofOf = async (draft: Draft, jti: string, at: number): Promise<FlowResult> => {
  const { parts, flow } = draft;
  if (flow.host === null) throw new Error('a flow that no host began gives no proof');
  const held = await heldFactors(draft);
  const claims = {
    sub: userIdOf(draft),
    jti,
    nonce: flow.host.nonce,
    kind: flow.kind,
    amr: methodsOf(parts, flow),
    factors: [...new Set(held.map(({ type }) => type))],
    mfa: flow.proved.length > 0,
    auth_time: Math.floor(at / 1000),
  };
  return { type: 'proof', proof: await parts.signer.sign(claims, flow.host.audience, at) };
};

const stepUpOf = async ({ parts, flow }: Draft, jti: string, at: number): Promise<FlowResult> => {
  const { sessionId, purpose, keyId } = flow;
  if (sessionId === null || purpose === null) throw new Error('a flow that no session began allows no change');
  const expiresAt = at + stepUpLife;
  const token = await stepUpToken(parts, { jti, sessionId, ...purpose, expiresAt }, keyId);
  return { type: 'step-up', token, expiresAt: new Date(expiresAt).toISOString() };
};

const sessionOf = async ({ parts, settings, flow }: Draft, sessionId: string, at: number): Promise<FlowResult> => ({
  type: 'session',
  // A browser is given a cookie, which scripts can't read.
  token: flow.browserHash === null ? await sessionToken(parts, sessionId, flow.keyId) : null,
  expiresAt: new Date(at + settings.sessions.lifeHours * 3600_000).toISOString(),
});

const resultOf = (draft: Draft, result: ResultRef, at: number): Promise<FlowResult> => {
  switch (result.type) {
    case 'proof':
      return proofOf(draft, result.jti, at);
    case 'session':
      return sessionOf(draft, result.sessionId, at);
    case 'step-up':
      return stepUpOf(draft, result.jti, at);
    case 'none':
      return Promise.resolve({ type: 'none' });
  }
};

/** The end of a flow; the same for as long as it can be read. */
export const completeStep: StepRules<At<'complete'>> = {
  accepts: async () => [],
  async act() {
    throw new CountersignError('flow.action_not_accepted', { path: 'type' });
  },
  async show(draft, { name, at, result }, base) {
    const { parts, flow } = draft;
    const held = await Promise.all((await heldFactors(draft)).map((factor) => viewOf(draft, factor)));
    return { ...base, name, result: await resultOf(draft, result, at), held, amr: methodsOf(parts, flow) };
  },
};
