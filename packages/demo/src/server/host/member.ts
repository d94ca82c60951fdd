import { createHash } from 'node:crypto';
import type { Session } from '@countersign/core/flow';
import { type Backend, sessionCookie } from '@countersign/server';
import type { Context } from 'hono';
import { getCookie } from 'hono/cookie';

/** Somebody who is signed in. */
export interface Member {
  session: Session;
  /**
   * A value that proofs must repeat: made of the session and of what is proved, so that a proof for another session, or
   * for something else, is worth nothing here, and nothing has to be remembered.
   */
  nonceFor(what: string): string;
}

/** Who sent the request, as the backend knows by its cookie; null for nobody. */
export const findMember = async (context: Context, backend: Backend): Promise<Member | null> => {
  const token = getCookie(context, sessionCookie);
  const session = token === undefined ? null : await backend.sessions.find(token);
  if (session === null) return null;
  const nonceFor = (what: string): string => createHash('sha256').update(`${token} ${what}`).digest('base64url');
  return { session, nonceFor };
};

/** Answers requests of somebody whom the backend knows by its cookie, and 401 to everybody else. */
export const forMember =
  (backend: Backend, answer: (context: Context, member: Member) => Response | Promise<Response>) =>
  async (context: Context): Promise<Response> => {
    const member = await findMember(context, backend);
    return member ? answer(context, member) : context.json({ error: 'signed-out' }, 401);
  };
