import { CountersignError } from '@countersign/core/errors';
import type { AccountAction } from '@countersign/core/requests';
import type { Parts } from '../parts.ts';
import type { SessionRow } from '../store/rows.ts';
import type { Write } from '../store/store.ts';
import { type Notice, notify } from './notify.ts';
import { useStepUp } from './step-up.ts';

/** Who changes an account, and with what leave. */
export interface Owner {
  session: SessionRow;
  /** The token of the step-up; empty without one. */
  stepUp: string;
  /** BCP 47. */
  locale: string;
}

/** One change: what it is about, what it writes, and what the user is told. */
export interface Change {
  action: AccountAction;
  /** The id of what is changed. */
  target: string;
  writes: readonly Write[];
  /** Null where nothing that protects the account has changed. */
  notice: Notice['type'] | null;
}

/**
 * Commits a change together with the step-up that allows it, so that one step-up serves for one change. Where it
 * protects the account, other sessions end, trusted devices are forgotten, and the user is told.
 */
export const commitChange = async (parts: Parts, owner: Owner, change: Change): Promise<void> => {
  const { session, stepUp, locale } = owner;
  const { action, target, notice } = change;
  const { userId, id: sessionId } = session;
  const held = await parts.store.factors.list(userId);
  const used = await useStepUp(parts, stepUp, { sessionId, action, target });
  const others: Write[] = [
    { type: 'end-sessions', userId, except: sessionId },
    { type: 'forget-devices', userId, id: null },
  ];
  const committed = await parts.store.changes.commit([used, ...change.writes, ...(notice === null ? [] : others)]);
  if (!committed.done) {
    throw new CountersignError(committed.lost === 'last-factor' ? 'account.last_factor' : 'session.step_up_required');
  }
  if (notice !== null) await notify(parts, { userId, held, locale }, { type: notice, factorId: target });
};
