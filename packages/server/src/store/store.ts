import type { Delivery } from '@countersign/core/code-stage';
import type { ChallengeRow, FactorRow, FlowRow, Try, UserRow } from './rows.ts';

/** A change that is committed together with a flow; each that has a condition fails the whole commit. */
export type Write =
  /** Condition: the unused challenge of this scope has the generation `expected` (null: there is none). */
  | { type: 'save-challenge'; challenge: ChallengeRow; expected: number | null }
  /** Condition: not used before. */
  | { type: 'use-challenge'; id: string; at: number }
  /** Condition: fewer than `max` were taken under this key since `at - window`. */
  | { type: 'take-slot'; key: string; max: number; window: number; at: number }
  | { type: 'add-factor'; factor: FactorRow }
  | { type: 'use-factor'; id: string; at: number }
  | { type: 'turn-on'; userId: string }
  /** Condition: the flow still has the version. */
  | { type: 'end-flow'; id: string; version: number };

/** What became of a commit: all of it, or nothing because of one lost condition. */
export type Committed =
  | { done: true }
  | { done: false; lost: 'flow' | 'challenge' }
  /** `retryAt`: when a slot is free again, in Unix milliseconds. */
  | { done: false; lost: 'slot'; retryAt: number };

/** Flows. */
export interface FlowStore {
  insert(flow: FlowRow): Promise<void>;
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
  /** Notes what became of the message that carried the code; `retryAt` as in the row. */
  setDelivery(code: CodeRef, delivery: Delivery, retryAt: number | null): Promise<void>;
}

/** Factors held. */
export interface FactorStore {
  list(userId: string): Promise<FactorRow[]>;
  /** How many users hold a factor of this type with this index. */
  countUsers(type: string, index: string): Promise<number>;
}

/** Users. */
export interface UserStore {
  /** Gives the user, made now if unknown. */
  ensure(id: string, now: number): Promise<UserRow>;
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
  write(settings: unknown): Promise<void>;
}

/** All that is remembered. */
export interface Store {
  flows: FlowStore;
  challenges: ChallengeStore;
  factors: FactorStore;
  users: UserStore;
  proofs: ProofStore;
  settings: SettingsStore;
}
