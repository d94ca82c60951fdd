import { CountersignError, isCountersignError } from '@countersign/core/errors';
import { Hono } from 'hono';
import type { Parts } from '../parts.ts';
import { crossOrigin } from './cross-origin.ts';
import type { Peer, SetCookie } from './peer.ts';
import { problemResponse } from './problem.ts';
import { accountRoutes } from './routes/account.ts';
import { adminEventRoutes } from './routes/admin-events.ts';
import { adminFlowRoutes } from './routes/admin-flows.ts';
import { adminUserRoutes } from './routes/admin-users.ts';
import { flowRoutes } from './routes/flows.ts';
import { openApiRoutes } from './routes/openapi.ts';
import { proofRoutes } from './routes/proofs.ts';
import { reportRoutes } from './routes/reports.ts';
import { sessionRoutes } from './routes/session.ts';
import { settingsRoutes } from './routes/settings.ts';

/** What each request brings along. */
export interface Environment {
  Bindings: {
    /** As whoever sent the request uses them. */
    parts: Parts;
    peer: Peer;
    setCookies: SetCookie[];
  };
}

/** Names the request in the record and in what is reported. */
const requestIdHeader = 'Countersign-Request-Id';

/** Nothing here may be cached, framed, sniffed or referred to. */
const headers: readonly (readonly [string, string])[] = [
  ['Cache-Control', 'no-store'],
  ['Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'"],
  ['Countersign-Protocol', '1'],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
  ['Referrer-Policy', 'no-referrer'],
  ['Strict-Transport-Security', 'max-age=31536000'],
  ['Vary', 'Origin, Sec-Fetch-Site'],
  ['X-Content-Type-Options', 'nosniff'],
];

/** The routes of a backend under `basePath`. */
export const createApp = (basePath: string): Hono<Environment> => {
  const root = new Hono<Environment>();
  root.use(async (context, next) => {
    await next();
    for (const [name, value] of headers) context.res.headers.set(name, value);
    context.res.headers.set(requestIdHeader, context.env.parts.cause.requestId ?? '');
  });
  root.use(crossOrigin);
  const app = root.basePath(basePath);
  flowRoutes(app);
  proofRoutes(app);
  sessionRoutes(app);
  accountRoutes(app);
  settingsRoutes(app);
  adminFlowRoutes(app);
  adminUserRoutes(app);
  adminEventRoutes(app);
  reportRoutes(app);
  openApiRoutes(app, basePath);
  root.notFound(() => problemResponse(new CountersignError('request.not_found')));
  root.onError((error, { env }) => {
    if (isCountersignError(error)) return problemResponse(error);
    env.parts.report(error);
    return problemResponse(new CountersignError('server.internal', {}, { cause: error }));
  });
  return root;
};
