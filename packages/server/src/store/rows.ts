import type { Channel, Delivery } from '@countersign/core/code-stage';
import type { Usage } from '@countersign/core/connector';
import type { ErrorCode } from '@countersign/core/errors';
import type { Amr, FlowKind } from '@countersign/core/flow';

/** Where a flow stands. `id` is the entry into a step; `state` is private to the factor. */
export type Position =
  | { name: 'begun' }
  | { name: 'choose-factor'; id: string; mode: 'setup' | 'verify'; notice: ErrorCode | null }
  | { name: 'setup-factor'; id: string; factor: string; notice: ErrorCode | null; state: unknown }
  | { name: 'verify-factor'; id: string; factor: string; factorId: string; state: unknown }
  | { name: 'blocked'; id: string; reason: 'sends-exhausted'; retryAt: number; factorId: string }
  | { name: 'complete'; id: string; jti: string; at: number }
  | { name: 'ended' };

/** A factor that was proved in a flow. */
export interface ProvedFactor {
  type: string;
  factorId: string;
  /** `bound` when the proof was the binding itself. */
  by: 'bound' | 'verified';
}

/** A flow. All times are Unix milliseconds. */
export interface FlowRow {
  id: string;
  /** SHA-256 of the bearer token. */
  tokenHash: string;
  /** SHA-256 of the browser's cookie; null where no browser claimed the flow. */
  browserHash: string | null;
  kind: FlowKind;
  userId: string;
  audience: string;
  nonce: string;
  /** The factor that the host asked to set up; null for any. */
  factor: string | null;
  firstFactor: { amr: readonly Amr[]; at: number };
  /** Origin of the page that claimed the flow, from the configured list; null outside browsers. */
  origin: string | null;
  /** BCP 47, for messages. */
  locale: string;
  position: Position;
  proved: readonly ProvedFactor[];
  /** The id of the action applied last; null before the first. */
  lastAction: string | null;
  createdAt: number;
  /** When the flow ends if nothing more is done. */
  idleAt: number;
  version: number;
}

/** A counted try. */
export interface Try {
  /** The id of the action that made it. */
  action: string;
  /** Keyed hash of what was typed. */
  digest: string;
}

/** A code that was sent, and all that it is bound to. */
export interface ChallengeRow {
  id: string;
  /** Blind index over user, destination and purpose: at most one unused challenge has it. */
  scope: string;
  purpose: string;
  userId: string;
  factorId: string | null;
  usage: Usage;
  channel: Channel;
  destinationSealed: string;
  destinationIndex: string;
  keyId: string;
  /** How many codes were made for it; the newest counts. */
  generation: number;
  /** How many messages the present row of waits has had. */
  sends: number;
  codeHash: string;
  /** Hashes of the codes that resends replaced. */
  superseded: readonly string[];
  sentAt: number;
  expiresAt: number;
  delivery: Delivery;
  /** Where the provider asked to wait; null otherwise. */
  retryAt: number | null;
  /** Tries at the newest code. */
  tries: readonly Try[];
  usedAt: number | null;
}

/** A factor that a user holds; `sealed` is the factor's own JSON. */
export interface FactorRow {
  id: string;
  userId: string;
  type: string;
  sealed: string;
  index: string | null;
  keyId: string;
  createdAt: number;
  lastUsedAt: number | null;
}

/** What is known of a user besides the factors. */
export interface UserRow {
  id: string;
  /** Whether the user turned 2-step verification on; binding a factor does. */
  mfaEnabled: boolean;
  createdAt: number;
}
