import type { Amr, CompleteStep, Flow, Step } from '@countersign/core/flow';
import type { FactorContract } from '@countersign/core/contract';
import type { Parts } from '../parts.ts';
import type { FlowRow, Position } from '../store/rows.ts';
import { acceptedActions, factorOf, type FactorPosition, stateOf } from './actions.ts';
import { type Draft, draftOf } from './draft.ts';
import { factorContext } from './factor-context.ts';
import { endOf } from './find.ts';
import { heldFactors, usableFactors, viewOf } from './held.ts';

type CompletePosition = Extract<Position, { name: 'complete' }>;

/** The methods seen by the host and in the flow; `mfa` only where there were both (RFC 8176). */
const methods = (parts: Parts, { firstFactor, proved }: FlowRow): Amr[] => {
  const second = proved.flatMap(({ type }) => parts.factors.get(type)?.amr ?? []);
  const both = firstFactor.amr.length > 0 && second.length > 0;
  return [...new Set<Amr>([...firstFactor.amr, ...second, ...(both ? (['mfa'] as const) : [])])];
};

const complete = async (draft: Draft, { id, jti, at }: CompletePosition): Promise<CompleteStep> => {
  const { parts, flow } = draft;
  const held = (await heldFactors(draft)).map((factor) => viewOf(parts, factor));
  const amr = methods(parts, flow);
  const claims = {
    sub: flow.userId,
    jti,
    nonce: flow.nonce,
    kind: flow.kind,
    amr,
    factors: [...new Set(held.map(({ type }) => type))],
    mfa: flow.proved.length > 0,
    auth_time: Math.floor(at / 1000),
  };
  const proof = await parts.signer.sign(claims, flow.audience, at);
  return { id, name: 'complete', actions: [], result: { type: 'proof', proof }, held, amr };
};

const choose = async (draft: Draft, position: Extract<Position, { name: 'choose-factor' }>) => {
  const held = (await usableFactors(draft)).map((factor) => viewOf(draft.parts, factor));
  return { ...position, available: position.mode === 'setup' ? draft.settings.factors : [], held };
};

const factorStep = async (draft: Draft, position: FactorPosition) => {
  const factor = factorOf(draft.parts, position.factor);
  const data = await factor.present(await factorContext(draft, position.factor), stateOf(factor, position));
  const { state: _private, ...shown } = position;
  return { ...data, ...shown };
};

const publicStep = async (draft: Draft): Promise<Step<FactorContract>> => {
  const { position } = draft.flow;
  const actions = await acceptedActions(draft);
  switch (position.name) {
    case 'choose-factor':
      return { ...(await choose(draft, position)), actions };
    case 'setup-factor':
    case 'verify-factor':
      return { ...(await factorStep(draft, position)), actions };
    case 'blocked': {
      const { id, name, reason, retryAt } = position;
      return { id, name, reason, retryAt: new Date(retryAt).toISOString(), actions };
    }
    case 'complete':
      return complete(draft, position);
    default:
      throw new Error(`a flow that is ${position.name} has no step to show`);
  }
};

/** The flow as its holder may see it. Reads only: sends nothing, counts nothing, prolongs nothing. */
export const present = async (parts: Parts, row: FlowRow): Promise<Flow> => {
  const step = await publicStep(await draftOf(parts, row));
  return {
    id: row.id,
    kind: row.kind,
    expiresAt: new Date(endOf(row)).toISOString(),
    serverTime: new Date(parts.now()).toISOString(),
    step,
  };
};
