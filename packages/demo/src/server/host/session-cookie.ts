import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { Session, Sessions } from './sessions.ts';

/** A host with https would call it `__Host-harbor` and add `secure`. */
const cookie = 'harbor';

/** The id in the request's cookie; empty without one. */
export const readSessionId = (context: Context): string => getCookie(context, cookie) ?? '';

/** The session that the request belongs to; null when nobody is signed in. */
export const readSession = (context: Context, sessions: Sessions): Session | null =>
  sessions.find(readSessionId(context));

export const writeSessionId = (context: Context, id: string): void =>
  setCookie(context, cookie, id, { path: '/', httpOnly: true, sameSite: 'Lax' });

export const clearSessionId = (context: Context): void => {
  deleteCookie(context, cookie, { path: '/' });
};
