import { codeAt, stepAt } from '@countersign/factors/totp/server-code';
import type { Identifier } from '@countersign/core/identifier';
import type { Authenticator } from '../../support/authenticator.ts';

/** How hard each kind of factor is to steal, as decision 011 ranks them. */
export const strengthOf = { 'backup-codes': 0, sms: 1, email: 1, totp: 2, passkey: 3 } as const;

export type FactorType = keyof typeof strengthOf;

/** What proves a factor: where its codes go, the app's key with the last time step that served, the device, the paper. */
type Key =
  | { type: 'sms' | 'email'; to: string }
  | { type: 'totp'; secret: string; after: number }
  | { type: 'passkey'; device: Authenticator }
  | { type: 'backup-codes'; unused: string[] };

/** A factor that somebody holds, by what they did to get it. */
export type Held = Key & {
  /** Null until its owner has seen it listed: the one thing that only the server can tell. */
  id: string | null;
  /** Its own strength, or that of what vouched for it, whichever is less. */
  rank: number;
};

export type NewHeld = Key;

/** A pass that an administrator gave. */
export interface Pass {
  text: string;
  until: number;
}

/** One person, with all that they know, hold and were given. */
export interface Person {
  identifier: Identifier;
  password: string;
  /** Null until a session has told it. */
  userId: string | null;
  /** Whether 2-step verification was turned on. */
  isOn: boolean;
  held: Held[];
  passes: Pass[];
  /** Whether the address they signed up with was taken away as a factor, and so must not come back by itself. */
  isAddressOff: boolean;
}

export const newPerson = (identifier: Identifier, password: string): Person => ({
  identifier,
  password,
  userId: null,
  isOn: false,
  held: [],
  passes: [],
  isAddressOff: false,
});

export const isPrimary = ({ type }: Held): boolean => type !== 'backup-codes';

/** Whether there is anything left to verify with. */
export const isUsable = (held: Held): boolean => held.type !== 'backup-codes' || held.unused.length > 0;

/** Whether a proof of one factor is enough to take another away (decision 011). */
export const mayRemove = (proved: Pick<Held, 'id' | 'rank'>, target: Held): boolean =>
  proved.id === target.id || proved.rank >= strengthOf[target.type];

/** What an app that is `off` time steps ahead shows. */
export const appCode = (secret: string, now: number, off = 0): string => codeAt(secret, stepAt(now) + off);

/** The latest time step after `after` that the code is of, a device being one step off at most; null for none. */
export const stepOfCode = (code: string, { secret, after }: { secret: string; after: number }, now: number) => {
  const steps = [-1, 0, 1].map((off) => stepAt(now) + off).filter((step) => step > after);
  return steps.find((step) => codeAt(secret, step) === code) ?? null;
};

/** As the person would, from the paper: letters and digits only. */
export const readPaper = (code: string): string => code.replaceAll('-', '');

/** The factor that a step asks for; before its owner has seen it listed only its type tells. */
export const heldAs = (
  { held }: Person,
  { factorId, factor }: { factorId: unknown; factor: unknown },
): Held | undefined =>
  held.find(({ id }) => id === factorId) ?? held.find(({ id, type }) => id === null && type === factor);
