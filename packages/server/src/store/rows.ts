import type { Channel, Delivery } from '@countersign/core/code-stage';
import type { Usage } from '@countersign/core/connector';
import type { ErrorCode } from '@countersign/core/errors';
import type { Amr, FlowKind } from '@countersign/core/flow';
import type { IdentifierType } from '@countersign/core/identifier';

/** What a finished flow gives, by the id under which it is remembered. */
export type ResultRef =
  | { type: 'proof'; jti: string }
  | { type: 'session'; sessionId: string }
  | { type: 'step-up'; jti: string }
  | { type: 'none' };

/** Where a flow stands. `id` is the entry into a step; `state` is private to the factor. */
export type Position =
  | { name: 'begun' }
  | { name: 'identify'; id: string; notice: ErrorCode | null }
  | { name: 'enter-code'; id: string; challengeId: string; channel: Channel }
  | { name: 'set-password' | 'enter-password' | 'enter-pass' | 'turn-on'; id: string }
  | { name: 'choose-factor'; id: string; mode: 'setup' | 'verify'; notice: ErrorCode | null; suggestion: boolean }
  | { name: 'setup-factor' | 'save-backup-codes'; id: string; factor: string; notice: ErrorCode | null; state: unknown }
  | { name: 'verify-factor'; id: string; factor: string; factorId: string; state: unknown }
  | { name: 'blocked'; id: string; reason: 'sends-exhausted'; retryAt: number; factorId: string }
  | { name: 'blocked'; id: string; reason: 'factors-locked' }
  | { name: 'complete'; id: string; at: number; result: ResultRef }
  | { name: 'ended' };

/** A factor that was proved in a flow. */
export interface ProvedFactor {
  type: string;
  factorId: string;
  /**
   * `bound` when the proof was the binding itself; `identified` when it was the code of the sign-up; `passed` when an
   * administrator's pass stood for it, whose id is then in `factorId`.
   */
  by: 'bound' | 'verified' | 'identified' | 'passed';
  /** What it proved (RFC 8176), where that is not always the same. */
  amr?: readonly Amr[];
}

/** What a person declined: turning on, another factor, the first one, or that a proved address be a factor again. */
export type SkipMark = 'turn-on' | 'suggestion' | 'setup' | 'bind-proved';

/** The address that a flow of the primary authentication is about. */
export interface FlowIdentifier {
  type: IdentifierType;
  sealed: string;
  /** Blind index, under which users are found. */
  index: string;
  /** When a code proved it in this flow; null before. */
  verifiedAt: number | null;
}

/** One change of the account: the action, and the id of what it changes. */
export interface Purpose {
  action: string;
  target: string;
}

/** A flow. All times are Unix milliseconds. */
export interface FlowRow {
  id: string;
  /** SHA-256 of the bearer token. */
  tokenHash: string;
  /** The key under which the tokens that it ends with are made. */
  keyId: string;
  /** SHA-256 of the browser's cookie; null where no browser claimed the flow. */
  browserHash: string | null;
  kind: FlowKind;
  /** Null until it is known whose flow it is. */
  userId: string | null;
  /** For whom the proof is; null where no host began the flow, so that it gives a session. */
  host: { audience: string; nonce: string } | null;
  /** The factor that the host asked to set up; null for any. */
  factor: string | null;
  /** The held factor whose place the new one takes; null for none. */
  replaces: string | null;
  /** The session in which the user began it; null for every other beginning. */
  sessionId: string | null;
  /** What the verification is to allow; null where it is for nothing in particular. */
  purpose: Purpose | null;
  /** SHA-256 of the cookie of a device that may be trusted; null without one. */
  deviceHash: string | null;
  /** The device that became trusted in this flow; null for none. */
  deviceId: string | null;
  /** Null until a first factor was proved. */
  firstFactor: { amr: readonly Amr[]; at: number } | null;
  /** Null until the person named one, and where a host began the flow. */
  identifier: FlowIdentifier | null;
  /** Origin of the page that claimed the flow, from the configured list; null outside browsers. */
  origin: string | null;
  /** BCP 47, for messages. */
  locale: string;
  position: Position;
  proved: readonly ProvedFactor[];
  /** What was declined in this flow. */
  skipped: readonly SkipMark[];
  /** Ids of held factors that no message may go to in this flow. */
  barred: readonly string[];
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
  /** Blind index over subject, destination and purpose: at most one unused challenge has it. */
  scope: string;
  purpose: string;
  /** Whose code it is: the user's id, or the flow's where there is no user yet. */
  subject: string;
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
  /** A user holds at most one factor of a type under an index; null where nothing makes two the same. */
  index: string | null;
  /** Whether nobody else may hold such a one of this type under the index. */
  isSole: boolean;
  keyId: string;
  /** `identifier` when it was bound because the user had proved that address before. */
  source: 'bound' | 'identifier';
  createdAt: number;
  lastUsedAt: number | null;
  /** Marks of what served once and is used up (one backup code, say). */
  spent: readonly string[];
  /** The highest value that has served, where the factor counts upwards; 0 before any. */
  counter: number;
  /** What its owner calls it; null for no name. */
  name: string | null;
  /** How much it may vouch for: no more than what vouched for its own binding did. */
  rank: number;
  /** How many guesses at it were wrong and are not forgotten; `forget-misses` and `count` alone change it. */
  misses: number;
}

/** What is known of a user besides identifiers and factors. */
export interface UserRow {
  id: string;
  /** Slow hash with its salt; null where a host keeps the first factor. */
  passwordHash: string | null;
  /** Whether the user turned 2-step verification on; binding a factor does. */
  mfaEnabled: boolean;
  /** What the user declined for good. */
  skipped: readonly SkipMark[];
  /** The factor that the user wants to be asked for first; null for none in particular. */
  defaultFactor: string | null;
  createdAt: number;
}

/** An address that names a user; no two users have the same. */
export interface IdentifierRow {
  userId: string;
  type: IdentifierType;
  sealed: string;
  index: string;
  keyId: string;
  /** Null where nobody proved it. */
  verifiedAt: number | null;
  createdAt: number;
}

/** Somebody who is signed in. */
export interface SessionRow {
  id: string;
  /** SHA-256 of the bearer token or cookie. */
  tokenHash: string;
  userId: string;
  /** `account` opens the user's own account and nothing else. */
  scope: 'all' | 'account';
  amr: readonly Amr[];
  createdAt: number;
  expiresAt: number;
}

/** Leave, given by an administrator, to set up a new factor where none is left. */
export interface PassRow {
  id: string;
  userId: string;
  /** Blind index of the pass. */
  hash: string;
  /** Who gave it, and why; for the record. */
  actor: string;
  reason: string;
  createdAt: number;
  expiresAt: number;
}

/** A browser in which a user is not asked for the second factor for a while. */
export interface DeviceRow {
  id: string;
  /** SHA-256 of the browser's cookie. */
  tokenHash: string;
  userId: string;
  /** What its owner may know it by (`Firefox, Linux`). */
  label: string;
  createdAt: number;
  expiresAt: number;
}
