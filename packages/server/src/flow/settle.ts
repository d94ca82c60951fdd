import { CountersignError } from '@countersign/core/errors';
import { randomId } from '../crypto/random.ts';
import type { FlowRow } from '../store/rows.ts';
import { notify } from '../account/notify.ts';
import { type Draft, draftOf, userIdOf } from './draft.ts';
import { idleLife } from './find.ts';
import { send, sendUnseen } from './codes/send.ts';
import { refuseTaken } from './primary/taken.ts';

/** What became of a draft: the flow as it is now, and the refusal of a message that could not be sent. */
export type Settled = { type: 'committed'; flow: FlowRow; refusal: CountersignError | null } | { type: 'lost' };

/** What was refused on its own step counts as not applied: sent again it is judged again, and not answered with success. */
const lastActionOf = ({ flow, caller, refusal, entered }: Draft): string | null =>
  refusal !== null && !entered ? flow.lastAction : caller.action || flow.lastAction;

const asOfNow = (draft: Draft): FlowRow => ({
  ...draft.flow,
  lastAction: lastActionOf(draft),
  idleAt: draft.parts.now() + idleLife,
  version: draft.flow.version + 1,
});

/** Without a slot the person can't be sent a code: who just entered the step is told when, who asked gets an error. */
const withoutSlot = async (draft: Draft, retryAt: number): Promise<Settled> => {
  const { parts, settings } = draft;
  const { position } = draft.flow;
  const entered = position.name === 'verify-factor' && draft.entered;
  if (!entered) {
    const retryAfter = Math.max(1, Math.ceil((retryAt - parts.now()) / 1000));
    // No longer than after any message: not worth telling apart from that wait.
    const reason = retryAfter <= (settings.codes.waitSeconds[0] ?? 0) ? 'wait' : 'quota';
    throw new CountersignError('connector.rate_limit_exceeded', { reason, retryAfter });
  }
  const id = randomId(parts.random, 'stp');
  const blocked = { name: 'blocked', id, reason: 'sends-exhausted', retryAt, factorId: position.factorId } as const;
  const writes = draft.writes.filter(({ type }) => type !== 'save-challenge' && type !== 'take-slot');
  return settle({ ...draft, flow: { ...draft.flow, position: blocked }, writes, outgoing: [] });
};

/** Somebody else took the address since its code was sent: only its owner gets here, so it may be said. */
const withoutAddress = async (draft: Draft): Promise<Settled> => {
  const anew = await draftOf(draft.parts, draft.before, draft.caller);
  refuseTaken(anew);
  return settle(anew);
};

const tell = async (draft: Draft): Promise<void> => {
  if (draft.notices.length === 0) return;
  const held = (await draft.read.factors) ?? [];
  const reader = { userId: userIdOf(draft), held, locale: draft.flow.locale };
  for (const notice of draft.notices) await notify(draft.parts, reader, notice);
};

/** Commits the draft, then sends what it promised; `lost` when something else was committed first. */
export const settle = async (draft: Draft): Promise<Settled> => {
  const { parts } = draft;
  const flow = asOfNow(draft);
  const committed = await parts.store.flows.commit(flow, draft.writes);
  if (committed.done) {
    const refusals = [draft.refusal];
    await tell(draft);
    for (const outgoing of draft.outgoing) {
      if (flow.kind !== 'sign-up' && flow.userId === null) sendUnseen(draft, outgoing);
      else refusals.push(await send(draft, outgoing));
    }
    return { type: 'committed', flow, refusal: refusals.find((refusal) => refusal !== null) ?? null };
  }
  switch (committed.lost) {
    case 'slot':
      return withoutSlot(draft, committed.retryAt);
    case 'identifier':
      return withoutAddress(draft);
    default:
      return { type: 'lost' };
  }
};
