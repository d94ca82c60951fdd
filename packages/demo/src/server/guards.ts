import type { MiddlewareHandler } from 'hono';

/**
 * Answers to one host name only, so that no other site can point its own name here (DNS rebinding). Who typed
 * `127.0.0.1` is sent to `localhost`, where the cookies and the elements work.
 */
export const guardHost =
  (origin: string): MiddlewareHandler =>
  async ({ req, redirect, text }, next) => {
    const url = new URL(req.url);
    if (url.origin === origin) return next();
    if (req.method !== 'GET') return text(`Use ${origin}`, 421);
    return redirect(`${origin}${url.pathname}`);
  };

/** What the host says of a person is for this request only. */
export const neverKept: MiddlewareHandler = async (context, next) => {
  await next();
  context.header('Cache-Control', 'no-store');
  context.header('X-Content-Type-Options', 'nosniff');
};

/** Refuses what another site made a browser send (OWASP CSRF cheat sheet): a change needs the page's own origin. */
export const guardSite =
  (origin: string): MiddlewareHandler =>
  async ({ req, json }, next) => {
    const claimed = req.header('origin');
    const fetchSite = req.header('sec-fetch-site');
    const ours = claimed === undefined ? fetchSite === 'same-origin' : claimed === origin;
    const sameSite = fetchSite === undefined || fetchSite === 'same-origin';
    return ours && sameSite ? next() : json({ error: 'cross-site' }, 403);
  };
