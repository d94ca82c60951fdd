import type { Channel } from '@countersign/core/code-stage';
import type { Usage } from '@countersign/core/connector';
import type { CountersignError } from '@countersign/core/errors';
import type { FactorData } from '@countersign/core/factor';
import type { Notice } from '../account/notify.ts';
import type { Happening } from '../events/happening.ts';
import type { Parts } from '../parts.ts';
import type { Sending } from '../sends/sending.ts';
import type { Policy, Settings } from '../settings/schema.ts';
import type { FactorRow, FlowRow, UserRow } from '../store/rows.ts';
import type { Write } from '../store/store.ts';

/** A message to be sent once the commit that made its code is done. */
export interface Outgoing {
  challengeId: string;
  generation: number;
  channel: Channel;
  to: string;
  code: string;
  usage: Usage;
  sending: Sending;
}

/** What a request says besides its action. */
export interface Caller {
  /** The action's id, under which tries are counted; empty for transitions that no action made. */
  action: string;
  /** The block of addresses that the request came from; empty for transitions that no request made. */
  addressBlock: string;
  /** What its owner may know the browser by; empty where none asks. */
  device: string;
  /** What the client says to a bot check; null where it says nothing. */
  solution: string | null;
}

/** Of a transition that no request made. */
export const nobody: Caller = { action: '', addressBlock: '', device: '', solution: null };

/** One attempt at a transition: what the flow becomes, and all that changes with it. Nothing counts until committed. */
export interface Draft {
  parts: Parts;
  /** The settings that the whole attempt is judged by. */
  settings: Settings;
  caller: Caller;
  /** The flow as it was read. */
  before: FlowRow;
  flow: FlowRow;
  writes: Write[];
  outgoing: Outgoing[];
  /** Bound in this draft, so not in the store yet. */
  added: FactorRow[];
  /** What was read of the user, or asked about them; one attempt sees one state of it, and reads it once. */
  read: {
    factors?: Promise<FactorRow[]>;
    /** What is sealed in them, by their ids. */
    opened: Record<string, Promise<FactorData>>;
    user?: Promise<UserRow | null>;
    policy?: Promise<Policy>;
  };
  /** Until when a guard lets no message out that this draft needs, in Unix milliseconds; null where none stops one. */
  stoppedUntil: number | null;
  /** Whether the person wants this browser to be trusted. */
  trust: boolean;
  /** What the user is told once the draft is committed. */
  notices: Notice[];
  /** What happened that its writes do not say. */
  happened: Happening[];
  /** Which secret a wrong guess of this draft has brought a wait for; null for none. */
  locks: string | null;
  /** Whether the position was entered in this draft, rather than kept. */
  entered: boolean;
  /** What the caller is told although the draft is committed. */
  refusal: CountersignError | null;
}

/** Begins an attempt at a transition from where the flow stands. */
export const draftOf = async (parts: Parts, flow: FlowRow, caller: Caller = nobody): Promise<Draft> => ({
  parts,
  settings: await parts.settings.read(),
  caller,
  before: flow,
  flow: { ...flow },
  writes: [],
  outgoing: [],
  added: [],
  read: { opened: {} },
  stoppedUntil: null,
  trust: false,
  notices: [],
  happened: [],
  locks: null,
  entered: false,
  refusal: null,
});

/** The user of a step that comes after it is known who it is. */
export const userIdOf = ({ flow }: Draft): string => {
  if (flow.userId === null) throw new Error(`the flow stands at ${flow.position.name}, but nobody knows whose it is`);
  return flow.userId;
};
