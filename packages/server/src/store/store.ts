import type { Delivery } from '@countersign/core/code-stage';
import type { IdentifierType } from '@countersign/core/identifier';
import type { EventRow, EventStore, OutboxRow, OutboxStore, SweepStore } from './record.ts';
import type { Failures, FailureVerdict, Schedule } from './failures.ts';
import type {
  ChallengeRow,
  DeviceRow,
  FactorRow,
  FlowRow,
  IdentifierRow,
  PassRow,
  SessionRow,
  SkipMark,
  Try,
  UserRow,
} from './rows.ts';

/**
 * A change that is committed together with a flow; each that has a condition fails the whole commit. Removals are done
 * first, then each condition is judged by what was there before: no two writes of a commit are about the same thing.
 * Factors, identifiers and sessions are of a user who is there, or is added by the same commit; a new row's id is new.
 */
export type Write =
  /**
   * Condition: the unused challenge of this scope is this one and has the generation `expected` (null: there is none).
   * The `tries` given are not written: a new generation has none, and only `countTry` adds one.
   */
  | { type: 'save-challenge'; challenge: ChallengeRow; expected: number | null }
  /** Condition: not used before. */
  | { type: 'use-challenge'; id: string; at: number }
  /** Condition: fewer than `max` were taken under this key since `at - window`. */
  | { type: 'take-slot'; key: string; max: number; window: number; at: number }
  /**
   * Condition: what was added under this key in the window of `at` comes to `max` at most, with this. Windows begin at
   * multiples of their length; all of a key have the same. Whole numbers.
   */
  | { type: 'tally'; key: string; add: number; max: number; window: number; at: number }
  /**
   * Condition: the user holds none of this type and (non-null) index, and where it is sole nobody holds another sole one;
   * those aside that this commit removes.
   */
  | { type: 'add-factor'; factor: FactorRow }
  | { type: 'remove-factor'; id: string }
  /** Condition: the factor is still there. */
  | { type: 'use-factor'; id: string; at: number }
  /** Condition: this mark of the factor was not spent before, and the factor is still there. */
  | { type: 'spend'; factorId: string; mark: string; at: number }
  /** Condition: the factor's counter was lower, and the factor is still there. */
  | { type: 'advance'; factorId: string; to: number }
  | { type: 'reseal-factor'; id: string; sealed: string; keyId: string }
  | { type: 'rename-factor'; id: string; name: string | null }
  /** Condition: the user still holds a factor of one of these types once the removals are done. */
  | { type: 'keep-one'; userId: string; types: readonly string[] }
  | { type: 'add-user'; user: UserRow }
  /**
   * Condition: nobody has an identifier of this type and index; but one that nobody proved, whoever's it is, gives way to
   * one that somebody did.
   */
  | { type: 'add-identifier'; identifier: IdentifierRow }
  | { type: 'turn-on' | 'turn-off'; userId: string }
  | { type: 'set-default'; userId: string; factorId: string | null }
  /** Condition: it takes the place of the hash `replaces`; null for whichever there is. */
  | { type: 'set-password'; userId: string; passwordHash: string; replaces: string | null }
  | { type: 'skip'; userId: string; mark: SkipMark }
  /** What the user declined for good is asked again. */
  | { type: 'forget-skips'; userId: string }
  | { type: 'add-session'; session: SessionRow }
  /** `except`: the id of the session that goes on; null for none. */
  | { type: 'end-sessions'; userId: string; except: string | null }
  /** Nothing can be done or read in the user's flows any more; `except`: the id of the one that goes on, null for none. */
  | { type: 'end-flows'; userId: string; except: string | null }
  | { type: 'add-device'; device: DeviceRow }
  /** `id`: the one to forget; null for all of the user's. */
  | { type: 'forget-devices'; userId: string; id: string | null }
  /** Condition: this permission was not used before. */
  | { type: 'redeem'; jti: string; expiresAt: number }
  /** `browser`: whose row is forgotten; null for all rows of the subject. */
  | { type: 'forget-failures'; subject: string; browser: string | null }
  /** Forgets those of one browser, that of one action, and all from before a time; `before: Infinity` for all. */
  | { type: 'forget-misses'; factorId: string; browser: string; action: string; before: number }
  /** From now on the browser has a row of its own wherever failures at this user's secrets are counted. */
  | { type: 'know-browser'; userId: string; browser: string; at: number }
  /** Condition: the flow still has the version. */
  | { type: 'end-flow'; id: string; version: number }
  | { type: 'add-pass'; pass: PassRow }
  /** Ends the session of this token; does nothing where there is none. */
  | { type: 'end-session'; tokenHash: string }
  /** What is kept for the record of the commit. */
  | { type: 'record'; events: readonly EventRow[] }
  /** A message to be handed over after the commit. */
  | { type: 'post'; message: OutboxRow }
  /** It is known what became of the message; does nothing where it is gone. */
  | { type: 'drop-message'; id: string }
  /** What became of the message that carried the code; `retryAt` as in the row. One that was replaced is not touched. */
  | { type: 'note-delivery'; code: CodeRef; delivery: Delivery; retryAt: number | null };

/** What became of a commit: all of it, or nothing because of one lost condition. */
export type Committed =
  | { done: true }
  | { done: false; lost: 'flow' | 'challenge' | 'factor' | 'spent' | 'identifier' | 'last-factor' | 'password' }
  /** `retryAt`: when a slot is free again, or the window of a tally is over, in Unix milliseconds. */
  | { done: false; lost: 'slot'; retryAt: number };

/** Flows. */
export interface FlowStore {
  /** Adds a flow, with what is recorded of it. */
  insert(flow: FlowRow, events?: readonly EventRow[]): Promise<void>;
  findByToken(tokenHash: string): Promise<FlowRow | null>;
  /**
   * Replaces the flow if it still has `flow.version - 1`, with all writes or without any. This is the only way in which
   * flows, challenges, factors and slots change together, so that no store can get it wrong by composition.
   */
  commit(flow: FlowRow, writes: readonly Write[]): Promise<Committed>;
}

/** What counting a try found: `number` is the try's place among those of the code, from 1. */
export type Counted =
  | { type: 'counted' | 'repeated'; number: number }
  /** The same action id came with something else typed. */
  | { type: 'reused' }
  | { type: 'exceeded' }
  /** A newer code was made meanwhile. */
  | { type: 'superseded' };

/** One code of a challenge; one that a newer code replaced is never touched. */
export type CodeRef = Pick<ChallengeRow, 'id' | 'generation'>;

/** Codes that were sent. */
export interface ChallengeStore {
  find(id: string): Promise<ChallengeRow | null>;
  /** The one challenge of the scope that was not used, expired or not. */
  findUnused(scope: string): Promise<ChallengeRow | null>;
  /**
   * Counts one try at the code, committed on its own, unless `max` were counted. The same action with the same digest is
   * counted once, however often it comes.
   */
  countTry(code: CodeRef, attempt: Try, max: number): Promise<Counted>;
}

/** Factors held. */
export interface FactorStore {
  /** The user's factors, oldest first. */
  list(userId: string): Promise<FactorRow[]>;
  /** How many users hold a factor of this type with this index. */
  countUsers(type: string, index: string): Promise<number>;
}

/** Users. */
export interface UserStore {
  /** Gives the user, made now if unknown. */
  ensure(id: string, now: number): Promise<UserRow>;
  find(id: string): Promise<UserRow | null>;
  findByIdentifier(type: IdentifierType, index: string): Promise<UserRow | null>;
  /** The user's addresses, oldest first. */
  identifiers(userId: string): Promise<IdentifierRow[]>;
}

/** Changes of an account. */
export interface ChangeStore {
  /** Commits writes that belong to no flow, all of them or none. */
  commit(writes: readonly Write[]): Promise<Committed>;
}

/** Browsers that are trusted for a while. */
export interface DeviceStore {
  /** Expired or not. */
  find(tokenHash: string): Promise<DeviceRow | null>;
  /** The user's, oldest first, expired or not. */
  list(userId: string): Promise<DeviceRow[]>;
}

/** Passes that administrators gave. */
export interface PassStore {
  /** The user's that were not used, newest first, expired or not. */
  listUnused(userId: string): Promise<PassRow[]>;
}

/** Who is signed in. */
export interface SessionStore {
  /** Expired or not. */
  find(tokenHash: string): Promise<SessionRow | null>;
}

/** One row of failures: those of a browser that is known, or of all others (empty) together. */
export interface FailureRow {
  /** Blind index of whose secret it is, and which. */
  subject: string;
  browser: string;
}

/** A failure about to be counted. */
export interface Failure extends Pick<Failures, 'at' | 'action'> {
  schedule: Schedule;
  /** The factor that it is kept with besides, by browser, and how many that may have; null where there is none. */
  miss: { factorId: string; browser: string; max: number } | null;
}

/** Failures at secrets. */
export interface FailureStore {
  /**
   * Counts a failure before the secret is judged, committed on its own, by the rules of `nextFailures`; who turns out to
   * be right takes it back with `forget-failures` and `forget-misses`. Of two at once only one is the last allowed.
   */
  count(row: FailureRow, failure: Failure): Promise<FailureVerdict>;
}

/** Browsers in which a user was let in before. */
export interface BrowserStore {
  isKnown(userId: string, browser: string): Promise<boolean>;
}

/** The windows of one key that begin at `from` or later, and before `to`. */
export interface Span {
  key: string;
  from: number;
  to: number;
}

/** What was added up, window by window. */
export interface TallyStore {
  /** What each span has come to, in the order given; no two spans have one key. Kept for two days at least. */
  sums(spans: readonly Span[]): Promise<number[]>;
}

/** Proofs that were redeemed. */
export interface ProofStore {
  /** True for exactly one caller per `jti`; rows may be dropped after `expiresAt`. */
  redeem(jti: string, expiresAt: number): Promise<boolean>;
}

/** The settings row. */
export interface SettingsStore {
  /** Null before the first write. */
  read(): Promise<unknown>;
  /** Replaces them, with what is recorded of it. */
  write(settings: unknown, events?: readonly EventRow[]): Promise<void>;
}

/** All that is remembered. */
export interface Store {
  flows: FlowStore;
  changes: ChangeStore;
  challenges: ChallengeStore;
  factors: FactorStore;
  users: UserStore;
  sessions: SessionStore;
  devices: DeviceStore;
  passes: PassStore;
  failures: FailureStore;
  tallies: TallyStore;
  browsers: BrowserStore;
  proofs: ProofStore;
  outbox: OutboxStore;
  events: EventStore;
  sweep: SweepStore;
  settings: SettingsStore;
}
