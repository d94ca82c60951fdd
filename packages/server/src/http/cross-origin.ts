import { CountersignError } from '@countersign/core/errors';
import { stepUpHeader } from '@countersign/core/step-up-header';
import type { MiddlewareHandler } from 'hono';
import type { Environment } from './app.ts';
import { isCrossOrigin } from './peer.ts';

/** What the answer to a preflight allows, for ten minutes; that credentials are allowed is said nowhere. */
const preflight = {
  'Access-Control-Allow-Methods': 'GET, POST, PUT, PATCH, DELETE',
  'Access-Control-Allow-Headers': `Authorization, Content-Type, ${stepUpHeader}`,
  'Access-Control-Max-Age': '600',
};

const isPreflight = ({ method, headers }: Request): boolean =>
  method === 'OPTIONS' && headers.has('access-control-request-method');

/**
 * Lets pages of the listed origins reach the API from there (Fetch, "CORS protocol"): with tokens, and without
 * credentials, so that a cookie counts as none.
 */
export const crossOrigin: MiddlewareHandler<Environment> = async (context, next) => {
  const { req, env } = context;
  const { origin } = env.peer;
  const isListed = origin !== null && env.parts.origins.includes(origin);
  if (isCrossOrigin(env.peer)) env.peer = { ...env.peer, cookies: new Map() };
  if (!isPreflight(req.raw)) await next();
  else if (isListed) context.res = new Response(null, { status: 204, headers: preflight });
  else throw new CountersignError('request.cross_site');
  if (!isListed) return;
  context.res.headers.set('Access-Control-Allow-Origin', origin);
  context.res.headers.set('Access-Control-Expose-Headers', 'Retry-After');
};
