import { CountersignError, isCountersignError } from '@countersign/core/errors';
import type { BeginRequest } from '@countersign/core/requests';
import { findOwn } from '../account/factors.ts';
import { recordRefusal } from '../events/of-refusal.ts';
import { randomToken } from '../crypto/random.ts';
import { hashToken } from '../crypto/vault.ts';
import type { Parts } from '../parts.ts';
import type { FlowRow, SessionRow } from '../store/rows.ts';
import { type Draft, draftOf, nobody } from './draft.ts';
import { enterNext } from './enter.ts';
import { openFactors } from './factors/open.ts';
import { usableFactors } from './factors/held.ts';
import { insertFlow, newFlow } from './new-flow.ts';
import type { Opener } from './opener.ts';
import { type Settled, settle } from './settle.ts';

/** What a user may begin for themselves: adding a factor, or stepping up for one change. */
export type SessionRequest = Extract<BeginRequest, { kind: 'setup' | 'verify' }>;

/** Whoever is in no position to do it is told before anything is asked of them. */
const checkTarget = async (parts: Parts, { userId }: SessionRow, request: SessionRequest): Promise<void> => {
  if (request.kind === 'setup') {
    const { factors } = await parts.settings.read();
    if (request.factor !== undefined && !factors.includes(request.factor)) {
      throw new CountersignError('guard.invalid_input', { path: 'factor' });
    }
    if (request.replaces !== undefined) await findOwn(parts, userId, request.replaces);
    return;
  }
  const { action, target } = request.for;
  if (action === 'export') {
    if (target !== userId) throw new CountersignError('account.not_found');
  } else if (action === 'forget-device') {
    const devices = await parts.store.devices.list(userId);
    if (!devices.some(({ id }) => id === target)) throw new CountersignError('account.not_found');
  } else await findOwn(parts, userId, target);
};

const checkStrength = async (draft: Draft): Promise<void> => {
  const none = (await openFactors(draft)).length === 0;
  if (none && (await usableFactors(draft)).length > 0) {
    throw new CountersignError('session.mfa.stronger_factor_required');
  }
};

const rowFor = (parts: Parts, session: SessionRow, request: SessionRequest): Partial<FlowRow> => {
  const { id: sessionId, userId, scope, amr, createdAt } = session;
  return {
    userId,
    sessionId,
    // Whoever gave an account token has just signed the user in; an ordinary session may be half a day old.
    firstFactor: scope === 'account' ? { amr, at: createdAt } : null,
    idleAt: parts.now(),
    ...(request.kind === 'verify'
      ? { purpose: request.for }
      : { factor: request.factor ?? null, replaces: request.replaces ?? null }),
  };
};

const enterFirst = async (draft: Draft): Promise<Settled> => {
  try {
    await enterNext(draft);
    return await settle(draft);
  } catch (error) {
    if (isCountersignError(error)) await recordRefusal(draft, error);
    throw error;
  }
};

/**
 * Begins a flow in a session: `setup`, or `verify` for one change. Throws `account.not_found` for what is not the user's
 * own, and `session.mfa.stronger_factor_required` where nothing that is held may allow it.
 */
export const beginForSession = async (
  parts: Parts,
  session: SessionRow,
  { request, addressBlock, ...opener }: Opener & { request: SessionRequest },
): Promise<{ flow: FlowRow; token: string }> => {
  await checkTarget(parts, session, request);
  const token = randomToken(parts.random);
  const known = { ...rowFor(parts, session, request), ...opener, deviceHash: null };
  const flow = newFlow(parts, { kind: request.kind, tokenHash: await hashToken(token), ...known });
  const draft = await draftOf(parts, flow, { ...nobody, addressBlock });
  await checkStrength(draft);
  await insertFlow(parts, flow);
  const settled = await enterFirst(draft);
  if (settled.type === 'lost') throw new CountersignError('flow.step_changed');
  return { flow: settled.flow, token };
};
