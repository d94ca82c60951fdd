import { beginRequest, type BeginRequest, claimRequest } from '@countersign/core/requests';
import type { Hono } from 'hono';
import { act } from '../../flow/act.ts';
import { begin } from '../../flow/begin.ts';
import { beginForSession } from '../../flow/begin-for-session.ts';
import { claim } from '../../flow/claim.ts';
import { findFlow } from '../../flow/find.ts';
import type { Opener } from '../../flow/opener.ts';
import { present } from '../../flow/present.ts';
import type { Parts } from '../../parts.ts';
import type { SessionRow } from '../../store/rows.ts';
import type { Environment } from '../app.ts';
import { readJson } from '../body.ts';
import { guardSession, guardSite, identifyOpener, readCredentials } from '../guards.ts';
import { parseInput } from '../input.ts';
import { problemResponse } from '../problem.ts';
import { flowCookies } from '../flow-cookies.ts';

interface Opening {
  opener: Opener;
  /** The session of the request; `session.not_found` without one. */
  findSession(): Promise<SessionRow>;
}

const beginOwn = async (parts: Parts, request: BeginRequest, { opener, findSession }: Opening) => {
  if (request.kind !== 'setup' && request.kind !== 'verify') return begin(parts, { ...request, ...opener });
  return beginForSession(parts, await findSession(), { request, ...opener });
};

const open = (parts: Parts, body: unknown, opening: Opening) => {
  const isClaim = typeof body === 'object' && body !== null && 'token' in body;
  if (!isClaim) return beginOwn(parts, parseInput(beginRequest, body), opening);
  const { token, resume = null } = parseInput(claimRequest, body);
  return claim(parts, { token, resume, ...opening.opener });
};

/** The one resource of the protocol: begin or claim a flow, read it, advance it. */
export const flowRoutes = (app: Hono<Environment>): void => {
  app.post('/flows', async ({ req, env, json }) => {
    const { parts } = env;
    guardSite(parts, env.peer);
    const body = await readJson(req.raw);
    const { opener, setCookies } = await identifyOpener(parts, req.raw, env.peer);
    const findSession = () => guardSession(parts, req.raw, env.peer);
    const { flow, token } = await open(parts, body, { opener, findSession });
    env.setCookies.push(...setCookies);
    return json({ flow: await present(parts, flow), token }, 201);
  });

  app.get('/flows/current', async ({ req, env, json }) => {
    const { parts } = env;
    guardSite(parts, env.peer);
    const flow = await findFlow(parts, await readCredentials(req.raw, env.peer));
    env.setCookies.push(...(await flowCookies(parts, flow)));
    return json({ flow: await present(parts, flow) });
  });

  app.post('/flows/current/actions', async ({ req, env, json }) => {
    const { parts } = env;
    guardSite(parts, env.peer);
    const credentials = await readCredentials(req.raw, env.peer);
    const actor = { credentials, flow: await findFlow(parts, credentials) };
    const { flow, refusal } = await act(parts, actor, await readJson(req.raw));
    const shown = await present(parts, flow);
    env.setCookies.push(...(await flowCookies(parts, flow)));
    return refusal ? problemResponse(refusal, shown) : json({ flow: shown });
  });
};
