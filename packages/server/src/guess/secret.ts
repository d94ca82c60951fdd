import type { Parts } from '../parts.ts';
import type { Schedule } from '../store/failures.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

/** A secret that somebody may guess at, and what wrong guesses cost. */
export interface Secret {
  /** Whose it is, and which: guesses with the same words are counted together. */
  subject: readonly string[];
  /** Whose browsers, where they are known, have counts of their own; null where nobody knows whose secret it is. */
  userId: string | null;
  schedule: Schedule;
  /** The held factor that too many wrong guesses switch off; null where there is none. */
  factorId: string | null;
}

/** Wrong guesses at one factor that are ever evaluated before it is switched off (NIST SP 800-63B-4 §3.2.2). */
export const maxMisses = 100;

/** Ten in a row, then a quarter of an hour, doubling; they never lapse by time alone. */
const lasting: Schedule = { free: 10, firstWait: 15 * minute, lapse: null };

/** Ten in a quarter of an hour, then a minute, doubling; after a quiet day all is forgotten. */
const lapsing: Schedule = { free: 10, firstWait: minute, lapse: { free: 15 * minute, waiting: day } };

/** All short codes of a user are one secret here, whichever factor and flow they are of: switching gives no more guesses. */
const shortCodes = 'short-codes';

/** A user's factor of this type. */
export const factorSecret = (
  { factors }: Pick<Parts, 'factors'>,
  { userId, type, factorId }: { userId: string; type: string; factorId: string | null },
): Secret => {
  const isShort = factors.get(type)?.isGuessable === true;
  const subject = [isShort ? shortCodes : type, userId];
  return { subject, userId, schedule: lasting, factorId: isShort ? factorId : null };
};

/** The code that proves an address to whoever asks for it, by the blind index of the address. */
export const addressSecret = (index: string, userId: string | null): Secret => ({
  subject: ['address', index],
  userId,
  schedule: lasting,
  factorId: null,
});

/**
 * The password of whoever has this name, guessed from one block of network addresses: a stranger elsewhere locks nobody
 * out.
 */
export const passwordSecret = (name: string, addressBlock: string): Secret => ({
  subject: ['password', name, addressBlock],
  userId: null,
  schedule: lapsing,
  factorId: null,
});

/** The pass that an administrator gave a user. */
export const passSecret = (userId: string): Secret => ({
  subject: ['recovery-pass', userId],
  userId,
  schedule: lapsing,
  factorId: null,
});

/** Everything of a user's that can be locked by guesses at it, passwords aside. */
export const lockable = (parts: Pick<Parts, 'factors'>, userId: string): readonly Secret[] => [
  ...[...parts.factors.keys()].map((type) => factorSecret(parts, { userId, type, factorId: null })),
  passSecret(userId),
];

/** The blind index under which guesses at it are counted. */
export const subjectOf = ({ vault }: Pick<Parts, 'vault'>, { subject }: Secret): Promise<string> =>
  vault.index(['guess', ...subject]);
