import { CountersignError } from '@countersign/core/errors';
import { randomToken } from '../crypto/random.ts';
import { hashToken, sameHash } from '../crypto/vault.ts';
import type { Parts } from '../parts.ts';
import type { FlowRow } from '../store/rows.ts';
import { type Draft, draftOf, nobody } from './draft.ts';
import { enterNext } from './enter.ts';
import { endOf, isRunning } from './find.ts';
import type { Opener } from './opener.ts';
import { settle } from './settle.ts';

/** Who claims a flow, with which tokens. */
export interface Claim extends Opener {
  /** The token that the host was given. */
  token: string;
  /** The token of a flow that the browser still holds; null for none. */
  resume: string | null;
}

const attempts = 5;

const findBegun = async (parts: Parts, token: string): Promise<FlowRow> => {
  const flow = await parts.store.flows.findByToken(await hashToken(token));
  if (flow?.position.name !== 'begun') throw new CountersignError('flow.not_found');
  if (parts.now() >= endOf(flow)) throw new CountersignError('flow.expired');
  return flow;
};

/** The flow that the browser was in the middle of, if this one goes on with the same for the same user. */
const findResumable = async (parts: Parts, flow: FlowRow, { resume, browserHash }: Claim): Promise<FlowRow | null> => {
  const old = resume === null ? null : await parts.store.flows.findByToken(await hashToken(resume));
  if (old === null || !isRunning(old, parts.now())) return null;
  const same =
    old.userId === flow.userId &&
    old.kind === flow.kind &&
    old.host?.audience === flow.host?.audience &&
    old.factor === flow.factor &&
    sameHash(old.browserHash, browserHash);
  return same ? old : null;
};

/** Takes over where the old flow stood; nonce and first factor stay those that the host has just given. */
const takeOver = (draft: Draft, old: FlowRow): void => {
  draft.flow.position = old.position;
  draft.flow.proved = old.proved;
  draft.flow.skipped = old.skipped;
  draft.flow.barred = old.barred;
  draft.flow.lastAction = old.lastAction;
  draft.writes.push({ type: 'end-flow', id: old.id, version: old.version });
};

/**
 * Claims a flow that a host began, once: binds it to the browser, enters the first step (which may send), and gives the
 * token that the flow goes on with.
 */
export const claim = async (parts: Parts, request: Claim): Promise<{ flow: FlowRow; token: string }> => {
  const token = randomToken(parts.random);
  for (let left = attempts; left > 0; left -= 1) {
    const begun = await findBegun(parts, request.token);
    const { browserHash, deviceHash, origin } = request;
    const locale = begun.locale || request.locale;
    const claimed = { ...begun, tokenHash: await hashToken(token), browserHash, deviceHash, origin, locale };
    const draft = await draftOf(parts, claimed, { ...nobody, addressBlock: request.addressBlock });
    const old = await findResumable(parts, begun, request);
    if (old) takeOver(draft, old);
    else await enterNext(draft);
    const settled = await settle(draft);
    if (settled.type === 'committed') return { flow: settled.flow, token };
  }
  throw new CountersignError('flow.step_changed');
};
