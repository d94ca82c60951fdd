import { type Backend, toFetchHandler } from '@countersign/server';
import { Hono } from 'hono';
import { guardHost, guardSite, neverKept } from './guards.ts';
import { accountRoutes } from './host/account-routes.ts';
import type { Bank } from './host/bank.ts';
import { phoneRoutes } from './host/phone-routes.ts';
import { transferRoutes } from './host/transfer-routes.ts';
import type { Feed } from './messages/feed.ts';
import { messageRoutes } from './messages/message-routes.ts';
import { pageRoutes } from './page-routes.ts';

/** What the demo is made of. */
export interface Parts {
  origin: string;
  backend: Backend;
  bank: Bank;
  feed: Feed;
  /** Aborted when the process is about to stop. */
  closing: AbortSignal;
}

/** What comes with each request. */
export interface Connection {
  /** The client's address. */
  address: string;
}

/** Hono, given the connection beside each request. */
export type App = Hono<{ Bindings: Connection }>;

/** The backend under `/api/v1`, the host's own API under `/demo`, and the page under everything else. */
export const createApp = (parts: Parts): App => {
  const app: App = new Hono();
  const handle = toFetchHandler(parts.backend);
  app.use(guardHost(parts.origin));
  app.all('/api/v1/*', ({ req, env }) => handle(req.raw, env));
  app.use('/demo/*', neverKept);
  app.on('POST', '/demo/*', guardSite(parts.origin));
  for (const addRoutes of [accountRoutes, phoneRoutes, transferRoutes, messageRoutes, pageRoutes]) {
    addRoutes(app, parts);
  }
  return app;
};
