import { CountersignError, isCountersignError } from '@countersign/core/errors';
import { actionEnvelope } from '@countersign/core/flow';
import { recordRefusal } from '../events/of-refusal.ts';
import { parseInput } from '../http/input.ts';
import type { Parts } from '../parts.ts';
import type { FlowRow } from '../store/rows.ts';
import { draftOf } from './draft.ts';
import { type Credentials, findFlow } from './find.ts';
import { type Settled, settle } from './settle.ts';
import type { Envelope } from './steps/rules.ts';
import { rulesOf, stepOf } from './steps/steps.ts';

/** How often a transition is tried anew when another was committed first. */
const attempts = 5;

const attempt = async (
  parts: Parts,
  row: FlowRow,
  caller: { body: Envelope } & Pick<Credentials, 'addressBlock' | 'device'>,
): Promise<Settled> => {
  const { body, addressBlock, device } = caller;
  const draft = await draftOf(parts, row, {
    action: body.id,
    addressBlock,
    device,
    solution: body.botCheck ?? null,
  });
  const position = stepOf(draft);
  if (position?.id !== body.step) throw new CountersignError('flow.step_changed');
  const rules = rulesOf(position);
  const accepted = await rules.accepts(draft, position);
  if (!accepted.includes(body.type)) throw new CountersignError('flow.action_not_accepted', { path: 'type' });
  try {
    await rules.act(draft, position, body);
    return await settle(draft);
  } catch (error) {
    if (isCountersignError(error)) await recordRefusal(draft, error);
    throw error;
  }
};

/** The answer to an action: the flow as it is now, and the refusal if it was refused. */
export interface Acted {
  flow: FlowRow;
  refusal: CountersignError | null;
}

/** Whose flow it is, and as it was when the caller was let in. */
export interface Actor {
  credentials: Credentials;
  flow: FlowRow;
}

/**
 * Advances a flow by one action. The id of the action applied last gives the flow as it is, with nothing done again.
 * When something else was committed first the action is judged anew by the flow as it then is.
 */
export const act = async (parts: Parts, { credentials, flow }: Actor, action: unknown): Promise<Acted> => {
  const body = parseInput(actionEnvelope, action);
  const { addressBlock, device } = credentials;
  let row = flow;
  for (let left = attempts; left > 0; left -= 1) {
    if (row.lastAction === body.id) return { flow: row, refusal: null };
    try {
      const settled = await attempt(parts, row, { body, addressBlock, device });
      if (settled.type === 'committed') return settled;
      row = await findFlow(parts, credentials);
    } catch (error) {
      if (!isCountersignError(error)) throw error;
      const current = await findFlow(parts, credentials);
      if (current.version === row.version) return { flow: row, refusal: error };
      row = current;
    }
  }
  throw new CountersignError('flow.step_changed');
};
