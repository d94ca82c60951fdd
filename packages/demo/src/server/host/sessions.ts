import { randomBytes } from 'node:crypto';
import type { Person } from './people.ts';

/** Somebody who is signed in at the host; kept on the server, known to the browser by an opaque cookie. */
export interface Session {
  readonly user: Person;
  /** What proofs for this session must repeat, so that one made for another session is worth nothing here. */
  readonly nonce: string;
  /** When the first factor was (pretended to be) proved, in Unix milliseconds. */
  readonly signedInAt: number;
  /** When the second factor was proved, in Unix milliseconds; null until then. */
  authTime: number | null;
}

/** The sessions of the host. */
export interface Sessions {
  /** Gives the id for the cookie. */
  begin(user: Person): string;
  find(id: string): Session | null;
  end(id: string): void;
}

/**
 * Milliseconds that a sign-in waits for its second factor. The backend lets a first factor bind a phone for as long, so
 * a session that is still open can always begin its flow.
 */
const unverifiedLife = 9.5 * 60_000;
const verifiedLife = 60 * 60_000;

/** Milliseconds that a session has from its sign-in on. */
const lifeOf = ({ authTime }: Session): number => (authTime === null ? unverifiedLife : verifiedLife);

/** When the session ends, in Unix milliseconds. */
export const endOf = (session: Session): number => session.signedInAt + lifeOf(session);

const newSecret = (): string => randomBytes(32).toString('base64url');

/** Sessions in memory; those that are over go when somebody signs in. */
export const createSessions = (): Sessions => {
  const sessions = new Map<string, Session>();
  const isOver = (session: Session): boolean => Date.now() >= endOf(session);
  return {
    begin(user) {
      for (const [id, session] of sessions) if (isOver(session)) sessions.delete(id);
      const id = newSecret();
      sessions.set(id, { user, nonce: newSecret(), signedInAt: Date.now(), authTime: null });
      return id;
    },
    find(id) {
      const session = sessions.get(id);
      return session && !isOver(session) ? session : null;
    },
    end: (id) => void sessions.delete(id),
  };
};
