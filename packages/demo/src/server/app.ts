import type { HttpBindings } from '@hono/node-server';
import { getConnInfo } from '@hono/node-server/conninfo';
import { type Backend, toFetchHandler } from '@countersign/server';
import { Hono } from 'hono';
import { guardHost, guardSite, neverKept } from './guards.ts';
import { accountRoutes } from './host/account-routes.ts';
import { secondFactorRoutes } from './host/second-factor-routes.ts';
import { sessionRoutes } from './host/session-routes.ts';
import type { Sessions } from './host/sessions.ts';
import type { Feed } from './messages/feed.ts';
import { messageRoutes } from './messages/message-routes.ts';
import { pageRoutes } from './page-routes.ts';

/** What the demo is made of. */
export interface Parts {
  origin: string;
  backend: Backend;
  sessions: Sessions;
  feed: Feed;
  /** Aborted when the process is about to stop. */
  closing: AbortSignal;
}

/** Hono as node-server calls it. */
export type App = Hono<{ Bindings: HttpBindings }>;

/** The backend under `/api/v1`, the host's own API under `/demo`, and the page under everything else. */
export const createApp = (parts: Parts): App => {
  const app: App = new Hono();
  const handle = toFetchHandler(parts.backend);
  app.use(guardHost(parts.origin));
  app.all('/api/v1/*', (context) => {
    const { address = '' } = getConnInfo(context).remote;
    return handle(context.req.raw, { address });
  });
  app.use('/demo/*', neverKept);
  app.on('POST', '/demo/*', guardSite(parts.origin));
  for (const addRoutes of [sessionRoutes, secondFactorRoutes, accountRoutes, messageRoutes, pageRoutes]) {
    addRoutes(app, parts);
  }
  return app;
};
