import { CountersignError } from '@countersign/core/errors';
import type { FlowResult } from '@countersign/core/flow';
import { sessionToken } from '../../session/new-session.ts';
import { methodsOf } from '../amr.ts';
import { type Draft, userIdOf } from '../draft.ts';
import { heldFactors, viewOf } from '../factors/held.ts';
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

const sessionOf = async ({ parts, settings, flow }: Draft, sessionId: string, at: number): Promise<FlowResult> => ({
  type: 'session',
  // A browser is given a cookie, which scripts can't read.
  token: flow.browserHash === null ? await sessionToken(parts, sessionId) : null,
  expiresAt: new Date(at + settings.sessions.lifeHours * 3600_000).toISOString(),
});

/** The end of a flow; the same for as long as it can be read. */
export const completeStep: StepRules<At<'complete'>> = {
  accepts: async () => [],
  async act() {
    throw new CountersignError('flow.action_not_accepted', { path: 'type' });
  },
  async show(draft, { name, at, result }, base) {
    const { parts, flow } = draft;
    const held = (await heldFactors(draft)).map((factor) => viewOf(parts, factor));
    const given =
      result.type === 'proof' ? await proofOf(draft, result.jti, at) : await sessionOf(draft, result.sessionId, at);
    return { ...base, name, result: given, held, amr: methodsOf(parts, flow) };
  },
};
