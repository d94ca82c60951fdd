import { CountersignError } from '@countersign/core/errors';
import { randomId } from '../crypto/random.ts';
import type { Parts } from '../parts.ts';
import type { EventRow } from '../store/record.ts';
import type { FlowRow } from '../store/rows.ts';
import type { Write } from '../store/store.ts';
import { methodsOf } from './amr.ts';
import type { Happening } from '../events/happening.ts';
import { aboutDraft, factorIn, happeningsOfRefusal } from '../events/of-refusal.ts';
import { announce, eventsOf } from '../events/record.ts';
import { noticeMessages } from '../account/notify.ts';
import { deliver } from '../outbox/deliver.ts';
import { type OutboxMessage, type Posted, posting, prepare } from '../outbox/message.ts';
import { type Draft, draftOf, userIdOf } from './draft.ts';
import { idleLife } from './find.ts';
import { codeMessage, send } from './codes/send.ts';
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
  const ofMessage: readonly Write['type'][] = ['save-challenge', 'take-slot', 'tally'];
  const writes = draft.writes.filter(({ type }) => !ofMessage.includes(type));
  const flow = { ...draft.flow, position: blocked };
  const refused = { type: 'send-refused', factorId: position.factorId, reason: 'quota' } as const;
  const happened = [...draft.happened, refused];
  return settle({ ...draft, flow, writes, outgoing: [], happened, stoppedUntil: null });
};

/** Somebody else took the address since its code was sent: only its owner gets here, so it may be said. */
const withoutAddress = async (draft: Draft): Promise<Settled> => {
  const anew = await draftOf(draft.parts, draft.before, draft.caller);
  refuseTaken(anew);
  return settle(anew);
};

const noticesOf = async (draft: Draft): Promise<OutboxMessage[]> => {
  if (draft.notices.length === 0) return [];
  const held = (await draft.read.factors) ?? [];
  const reader = { userId: userIdOf(draft), flowId: draft.flow.id, held, locale: draft.flow.locale };
  const messages = await Promise.all(draft.notices.map((notice) => noticeMessages(draft.parts, reader, notice)));
  return messages.flat();
};

/** How the flow ended, if it did in this draft. */
const endingOf = ({ parts, flow }: Draft): Happening[] => {
  if (flow.position.name !== 'complete') return [];
  const reason = [`${flow.kind}:`, ...methodsOf(parts, flow)].join(' ');
  const given = flow.position.result.type === 'step-up' && flow.purpose;
  const stepUp = given ? [{ type: 'step-up-given', reason: given.action } as const] : [];
  return [{ type: 'flow-completed', reason }, ...stepUp];
};

/** What is recorded of the commit of the draft. */
const recordOf = async (draft: Draft): Promise<EventRow[]> => {
  const refused = draft.refusal === null ? [] : await happeningsOfRefusal(draft, draft.refusal);
  const happened = [...draft.happened.map((one) => ({ ...factorIn(draft), ...one })), ...refused];
  const recorded = { writes: draft.writes, happened, ended: endingOf(draft) };
  return eventsOf(draft.parts, recorded, await aboutDraft(draft));
};

/** Everything that the commit of the draft promises to send; notices first. */
const postOf = async (draft: Draft): Promise<Posted[]> => {
  const codes = draft.outgoing.map((outgoing) => codeMessage(draft, outgoing));
  return Promise.all([...(await noticesOf(draft)), ...codes].map((message) => prepare(draft.parts, message)));
};

/** Hands over what was committed; gives the first refusal of a code, for which the person waits. */
const sendAll = async (parts: Parts, posts: readonly Posted[]): Promise<CountersignError | null> => {
  const refusals: (CountersignError | null)[] = [];
  for (const posted of posts) {
    if (posted.message.code === null) await deliver(parts, posted);
    else refusals.push(await send(parts, posted));
  }
  return refusals.find((refusal) => refusal !== null) ?? null;
};

/** Commits the draft, then sends what it promised; `lost` when something else was committed first. */
export const settle = async (draft: Draft): Promise<Settled> => {
  const { parts } = draft;
  if (draft.stoppedUntil !== null) return withoutSlot(draft, draft.stoppedUntil);
  const flow = asOfNow(draft);
  const posts = await postOf(draft);
  const events = await recordOf(draft);
  const writes: Write[] = [...draft.writes, ...posting(posts), { type: 'record', events }];
  const committed = await parts.store.flows.commit(flow, writes);
  if (committed.done) {
    announce(parts, events);
    const refusal = await sendAll(parts, posts);
    return { type: 'committed', flow, refusal: draft.refusal ?? refusal };
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
