import type { Channel } from '@countersign/core/code-stage';

/** A message that is about to go out, as the guards look at it. */
export interface Sending {
  channel: Channel;
  /** E.164, or an address. */
  to: string;
  /** The blind index of `to`. */
  index: string;
  /**
   * Who asked for it: a `stranger`, who has shown nothing yet; the same in a browser that the owner of the address was
   * let in with before (`known`); a `user`, who has shown a first factor; or an `operator`, for trial.
   */
  by: 'stranger' | 'known' | 'user' | 'operator';
  /** The user's id; null where nobody is known. */
  userId: string | null;
  /** The block of addresses that asked; empty where no request did. */
  addressBlock: string;
  /** SHA-256 of the cookie of the browser that asked; null without one. */
  browser: string | null;
  /** Unix milliseconds. */
  at: number;
}

/** As much of it as its cost depends on. */
export type Costing = Pick<Sending, 'channel' | 'to' | 'by' | 'at'>;
