import { CountersignError } from '@countersign/core/errors';
import type { Hono } from 'hono';
import { findSession, signOut } from '../../session/find.ts';
import type { Environment } from '../app.ts';
import { guardSite, readBearer } from '../guards.ts';
import { type Peer, sessionCookie } from '../peer.ts';

/** A bearer token where the request has one, else the cookie. */
const readToken = (request: Request, { cookies }: Peer): string =>
  readBearer(request) || (cookies.get(sessionCookie) ?? '');

/** Who is signed in, and signing out. */
export const sessionRoutes = (app: Hono<Environment>): void => {
  app.get('/session', async ({ req, env, json }) => {
    const { parts } = env;
    guardSite(parts, env.peer);
    const session = await findSession(parts, readToken(req.raw, env.peer));
    if (session === null) throw new CountersignError('session.not_found');
    return json({ session });
  });

  app.delete('/session', async ({ req, env, body }) => {
    const { parts } = env;
    guardSite(parts, env.peer);
    await signOut(parts, readToken(req.raw, env.peer));
    if (env.peer.cookies.has(sessionCookie)) env.setCookies.push({ name: sessionCookie, value: '', maxAge: 0 });
    return body(null, 204);
  });
};
