import { CountersignError } from '@countersign/core/errors';
import type { AccountAction } from '@countersign/core/requests';
import { aboutUser, type Happening } from '../events/happening.ts';
import { commitRecorded } from '../events/record.ts';
import { posting } from '../outbox/message.ts';
import type { Parts } from '../parts.ts';
import type { SessionRow } from '../store/rows.ts';
import type { Committed, Write } from '../store/store.ts';
import { type Notice, noticesOf, type Reader, sendNotices } from './notify.ts';
import { useStepUp } from './step-up.ts';

/** Who changes an account, and with what leave. */
export interface Owner {
  session: SessionRow;
  /** The token of the step-up; empty without one. */
  stepUp: string;
  /** BCP 47. */
  locale: string;
}

/** What the user is told of a change, and what they held before it. */
export type Told = Pick<Notice, 'type'> & Pick<Reader, 'held'>;

/** One change: what it is about, what it writes, and what the user is told. */
export interface Change {
  action: AccountAction;
  /** The id of what is changed. */
  target: string;
  writes: readonly Write[];
  /** Null where nothing that protects the account has changed. */
  told: Told | null;
}

/** All that ends where no session of the user's made the change; `except`: the flow that did, null for none. */
export const endAll = (userId: string, except: string | null): Write[] => [
  { type: 'end-sessions', userId, except: null },
  { type: 'end-flows', userId, except },
  { type: 'forget-devices', userId, id: null },
];

/** Commits a change of what protects an account, and tells the user once it is done. */
export const commitAndTell = async (
  parts: Parts,
  { writes, happened = [] }: { writes: readonly Write[]; happened?: readonly Happening[] },
  { reader, notice }: { reader: Reader; notice: Notice },
): Promise<Committed> => {
  const posts = await noticesOf(parts, reader, notice);
  const all = { writes: [...writes, ...posting(posts)], happened };
  const committed = await commitRecorded(parts, all, aboutUser(reader.userId, reader.held));
  if (committed.done) await sendNotices(parts, posts);
  return committed;
};

/**
 * Commits a change together with the step-up that allows it, so that one step-up serves for one change. Where it
 * protects the account, other sessions end, trusted devices are forgotten, and the user is told.
 */
export const commitChange = async (parts: Parts, owner: Owner, change: Change): Promise<void> => {
  const { session, stepUp, locale } = owner;
  const { action, target, told } = change;
  const { userId, id: sessionId } = session;
  const used = await useStepUp(parts, stepUp, { sessionId, action, target });
  const writes = [used, ...change.writes];
  const others: Write[] = [
    { type: 'end-sessions', userId, except: sessionId },
    { type: 'forget-devices', userId, id: null },
  ];
  const held = told?.held ?? (await parts.store.factors.list(userId));
  const happened = [{ type: 'step-up-used', reason: action } as const];
  const committed =
    told === null
      ? await commitRecorded(parts, { writes, happened }, aboutUser(userId, held))
      : await commitAndTell(
          parts,
          { writes: [...writes, ...others], happened },
          { reader: { userId, flowId: null, held, locale }, notice: { type: told.type, factorId: target } },
        );
  if (!committed.done) {
    throw new CountersignError(committed.lost === 'last-factor' ? 'account.last_factor' : 'session.step_up_required');
  }
};
