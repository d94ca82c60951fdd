import type { Delivery } from '@countersign/core/code-stage';
import type { SealedRow } from './keys.ts';
import type { CodeRef } from './store.ts';
import type { EventRow, OutboxRow } from './record.ts';
import type {
  ChallengeRow,
  DeviceRow,
  FactorRow,
  IdentifierRow,
  PassRow,
  SessionRow,
  SkipMark,
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
  /** Seals anew what another key has sealed; does nothing where it is not what `row` says any more. */
  | { type: 'rekey'; row: SealedRow; sealed: string; keyId: string }
  | { type: 'rename-factor'; id: string; name: string | null }
  /** Condition: the user still holds a factor of one of these types once the removals are done. */
  | { type: 'keep-one'; userId: string; types: readonly string[] }
  | { type: 'add-user'; user: UserRow }
  /**
   * Takes a user away with all that is theirs: factors, addresses, sessions, browsers, passes, flows and codes. What is
   * counted under an index that does not name them is not; nothing else in the commit is of this user. Events stay.
   */
  | { type: 'remove-user'; userId: string }
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
  /**
   * What became of the message that carried the code; `retryAt` as in the row. One that was replaced is not touched, nor
   * one of which it is known already whether it arrived: what is noted last need not have happened last.
   */
  | { type: 'note-delivery'; code: CodeRef; delivery: Delivery; retryAt: number | null };

/** What became of a commit: all of it, or nothing because of one lost condition. */
export type Committed =
  | { done: true }
  | { done: false; lost: 'flow' | 'challenge' | 'factor' | 'spent' | 'identifier' | 'last-factor' | 'password' }
  /** `retryAt`: when a slot is free again, or the window of a tally is over, in Unix milliseconds. */
  | { done: false; lost: 'slot'; retryAt: number };
