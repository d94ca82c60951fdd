import type { EventType } from '../events/types.ts';

/*
 * What is kept beside the accounts: the record of what happened, messages on their way out, and the ways to what is over.
 */

/** Something that happened, as it is kept for the record. */
export interface EventRow {
  /** Sorts by time. */
  id: string;
  at: number;
  type: EventType;
  userId: string | null;
  flowId: string | null;
  actor: string;
  /** The type of the factor that it is about. */
  factor: string | null;
  /** Masked. */
  target: string | null;
  reason: string | null;
  requestId: string | null;
}

/** A message that a commit promised, until it is known what became of it. */
export interface OutboxRow {
  id: string;
  createdAt: number;
  /** The message as JSON. */
  sealed: string;
  keyId: string;
  /** Until when it is somebody's to hand over. */
  leasedUntil: number;
  /** How often it was somebody's, the first time included. */
  attempts: number;
}

/** Which events are meant. */
export interface EventQuery {
  /** Null for those of anybody and of nobody. */
  userId: string | null;
  /** Null for all. */
  type: EventType | null;
  /** The id of the last one that is known; null from the beginning. */
  after: string | null;
  limit: number;
}

/** What happened; `record` adds to it. */
export interface EventStore {
  /** The first events that fit, oldest first. */
  list(query: EventQuery): Promise<EventRow[]>;
}

/** Which rows have served, in Unix milliseconds. */
export interface Over {
  /** Flows, codes, send slots and proofs from before this serve nobody any more. */
  before: number;
  /** Sessions and trusted browsers whose time is up by then. */
  expired: number;
  /** Events, and passes that are over, from before this are kept no longer. */
  unrecorded: number;
  /** Windows of tallies that began by then are asked for no more. */
  summed: number;
  /** Failures that were counted last, and browsers in which somebody was let in last, before this count no more. */
  forgotten: number;
}

/** Rows that are over. */
export interface SweepStore {
  /** Drops at most `limit` of each kind, so that nobody waits long for the rows; gives how many went. */
  drop(over: Over, limit: number): Promise<number>;
}

/** Messages on their way out; `post` adds them, and `drop-message` takes them away. */
export interface OutboxStore {
  /**
   * Gives the oldest message whose lease was over at `at`, leased until `until` and with one attempt more; null where
   * there is none. Nobody else is given it before.
   */
  lease(at: number, until: number): Promise<OutboxRow | null>;
}
