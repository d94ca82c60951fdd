import { CountersignError, isCountersignError } from '@countersign/core/errors';
import { actionEnvelope, engineActions } from '@countersign/core/flow';
import * as v from 'valibot';
import { randomId } from '../crypto/random.ts';
import { parseInput } from '../http/input.ts';
import type { Parts } from '../parts.ts';
import type { FlowRow } from '../store/rows.ts';
import { acceptedActions, factorOf, type FactorPosition, stageOf, stateOf } from './actions.ts';
import { type Draft, draftOf } from './draft.ts';
import { applyMove, enterSetup, enterVerify } from './enter.ts';
import { factorContext } from './factor-context.ts';
import { type Credentials, findFlow } from './find.ts';
import { usableFactors } from './held.ts';
import { type Settled, settle } from './settle.ts';

type Envelope = v.InferOutput<typeof actionEnvelope>;

/** How often a transition is tried anew when another was committed first. */
const attempts = 5;

const strict = <Entries extends v.ObjectEntries>(entries: Entries, body: unknown) =>
  parseInput(v.strictObject({ ...actionEnvelope.entries, ...entries }), body);

const openList = ({ parts, flow }: Draft): void => {
  flow.position = { name: 'choose-factor', id: randomId(parts.random, 'stp'), mode: 'verify', notice: null };
};

const verifyHeld = async (draft: Draft, factorId: string | undefined): Promise<void> => {
  const held = (await usableFactors(draft)).find(({ id }) => id === factorId);
  if (!held) throw new CountersignError('session.mfa.mfa_factor_not_enabled', { path: 'factorId' });
  await enterVerify(draft, held);
};

const choose = async (draft: Draft, mode: 'setup' | 'verify', body: unknown): Promise<void> => {
  const { factor, factorId } = strict(engineActions.choose, body);
  if (mode === 'verify') return verifyHeld(draft, factorId);
  if (factor === undefined || !draft.settings.factors.includes(factor)) {
    throw new CountersignError('session.mfa.mfa_factor_not_enabled', { path: 'factor' });
  }
  await enterSetup(draft, { factor, notice: null });
};

const actOnFactor = async (draft: Draft, position: FactorPosition, body: Envelope): Promise<void> => {
  const factor = factorOf(draft.parts, position.factor);
  const context = await factorContext(draft, position.factor);
  const { id: _id, step: _step, ...action } = strict(stageOf(factor, position).accepts[body.type] ?? {}, body);
  await applyMove(
    draft,
    position,
    await factor.act(context, stateOf(factor, position), { ...action, type: body.type }),
  );
};

/** Carries the action out on the draft; which actions the step accepts was checked before. */
const apply = async (draft: Draft, body: Envelope): Promise<void> => {
  const { position } = draft.flow;
  const { type } = body;
  switch (position.name) {
    case 'choose-factor':
      return choose(draft, position.mode, body);
    case 'blocked':
      strict({}, body);
      return type === 'switch' ? openList(draft) : verifyHeld(draft, position.factorId);
    case 'setup-factor':
    case 'verify-factor':
      if (type !== 'switch') return actOnFactor(draft, position, body);
      strict(engineActions.switch, body);
      return openList(draft);
    default:
      throw new CountersignError('flow.action_not_accepted', { path: 'type' });
  }
};

const attempt = async (parts: Parts, row: FlowRow, body: Envelope): Promise<Settled> => {
  if (!('id' in row.position) || row.position.id !== body.step) throw new CountersignError('flow.step_changed');
  const draft = await draftOf(parts, row, body.id);
  const accepted = await acceptedActions(draft);
  if (!accepted.includes(body.type)) throw new CountersignError('flow.action_not_accepted', { path: 'type' });
  await apply(draft, body);
  return settle(draft);
};

/** The answer to an action: the flow as it is now, and the refusal if it was refused. */
export interface Acted {
  flow: FlowRow;
  refusal: CountersignError | null;
}

/**
 * Advances a flow by one action. The id of the action applied last gives the flow as it is, with nothing done again.
 * When something else was committed first the action is judged anew by the flow as it then is.
 */
export const act = async (parts: Parts, credentials: Credentials, action: unknown): Promise<Acted> => {
  const body = parseInput(actionEnvelope, action);
  for (let left = attempts; left > 0; left -= 1) {
    const row = await findFlow(parts, credentials);
    if (row.lastAction === body.id) return { flow: row, refusal: null };
    try {
      const settled = await attempt(parts, row, body);
      if (settled.type === 'committed') return settled;
    } catch (error) {
      if (!isCountersignError(error)) throw error;
      const current = await findFlow(parts, credentials);
      if (current.version === row.version) return { flow: row, refusal: error };
    }
  }
  throw new CountersignError('flow.step_changed');
};
