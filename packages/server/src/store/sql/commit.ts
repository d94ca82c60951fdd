import type { FlowRow } from '../rows.ts';
import type { Committed, Write } from '../store.ts';
import { noteDelivery, saveChallenge, useChallenge } from './challenges.ts';
import { addDevice, forgetDevices } from './devices.ts';
import { recordEvents } from './events.ts';
import { addFactor, advance, keepOne, removeFactor, renameFactor, resealFactor, spend, useFactor } from './factors.ts';
import { knowBrowser } from './browsers.ts';
import { forgetFailures, forgetMisses } from './failures.ts';
import { endFlow, endFlows, moveFlow } from './flows.ts';
import { addIdentifier } from './identifiers.ts';
import { rekey } from './keys.ts';
import { done, type WriteOf } from './outcome.ts';
import { dropMessage, post } from './outbox.ts';
import { addPass } from './passes.ts';
import type { Database } from './schema.ts';
import { redeem } from './proofs.ts';
import { addSession, endSession, endSessions } from './sessions.ts';
import { takeSlot } from './slots.ts';
import { addToTally } from './tallies.ts';
import { addUser, forgetSkips, removeUser, setDefault, setPassword, skip, turnOff, turnOn } from './users.ts';

type Applied = { [Type in Write['type']]: (db: Database, write: WriteOf<Type>) => Promise<Committed> };

const applied: Applied = {
  'save-challenge': saveChallenge,
  'use-challenge': useChallenge,
  'take-slot': takeSlot,
  tally: addToTally,
  'add-factor': addFactor,
  'remove-factor': removeFactor,
  'use-factor': useFactor,
  spend,
  advance,
  'reseal-factor': resealFactor,
  rekey,
  'rename-factor': renameFactor,
  'keep-one': keepOne,
  'add-user': addUser,
  'remove-user': removeUser,
  'add-identifier': addIdentifier,
  'turn-on': turnOn,
  'turn-off': turnOff,
  'set-default': setDefault,
  'set-password': setPassword,
  skip,
  'forget-skips': forgetSkips,
  'add-session': addSession,
  'end-sessions': endSessions,
  'end-flows': endFlows,
  'add-device': addDevice,
  'forget-devices': forgetDevices,
  redeem,
  'forget-failures': forgetFailures,
  'forget-misses': forgetMisses,
  'know-browser': knowBrowser,
  'end-flow': endFlow,
  'add-pass': addPass,
  'end-session': endSession,
  record: recordEvents,
  post,
  'drop-message': dropMessage,
  'note-delivery': noteDelivery,
};

const apply = <Type extends Write['type']>(db: Database, write: WriteOf<Type>): Promise<Committed> => {
  const run: Applied[Type] = applied[write.type as Type];
  return run(db, write);
};

/** Ends a transaction without leaving anything of it; Kysely rolls back for whatever is thrown. */
class Lost extends Error {
  readonly outcome: Committed;

  constructor(outcome: Committed) {
    super('A condition was lost.');
    this.outcome = outcome;
  }
}

const mustHold = (outcome: Committed): void => {
  if (!outcome.done) throw new Lost(outcome);
};

/** Removals first, as the contract says; all others in their order, so that the first one lost is the one told. */
const inOrder = (writes: readonly Write[]): Write[] => {
  const isRemoval = ({ type }: Write): boolean => type === 'remove-factor';
  return [...writes.filter(isRemoval), ...writes.filter((write) => !isRemoval(write))];
};

const transact = async (db: Database, steps: readonly ((db: Database) => Promise<Committed>)[]): Promise<Committed> => {
  try {
    return await db.transaction().execute(async (transaction) => {
      for (const step of steps) mustHold(await step(transaction));
      return done;
    });
  } catch (error) {
    if (error instanceof Lost) return error.outcome;
    throw error;
  }
};

const stepsOf = (writes: readonly Write[]) => inOrder(writes).map((write) => (db: Database) => apply(db, write));

/** One transaction of writes that belong to no flow; each is a statement that writes, so the first takes the lock. */
export const change = (db: Database, writes: readonly Write[]): Promise<Committed> => transact(db, stepsOf(writes));

/**
 * One transaction. Its first statement is the conditional update of the flow: a write, so that the lock is held before
 * anything is read, and two transactions never wait for each other to give up what they have read.
 */
export const commit = (db: Database, flow: FlowRow, writes: readonly Write[]): Promise<Committed> =>
  transact(db, [(transaction) => moveFlow(transaction, flow), ...stepsOf(writes)]);
