import type { IdentifierType } from '@countersign/core/identifier';
import type { KeyStore } from './keys.ts';
import type { EventRow, EventStore, OutboxStore, SweepStore } from './record.ts';
import type { Failures, FailureVerdict, Schedule } from './failures.ts';
import type {
  ChallengeRow,
  DeviceRow,
  FactorRow,
  FlowRow,
  IdentifierRow,
  PassRow,
  SessionRow,
  Try,
  UserRow,
} from './rows.ts';
import type { Committed, Write } from './write.ts';

export type { Committed, Write };

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
  /** Whether it was not ended, expired or not. */
  exists(id: string): Promise<boolean>;
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
  keys: KeyStore;
  settings: SettingsStore;
}
