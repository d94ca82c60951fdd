import { beginRequest, claimRequest } from '@countersign/core/flow';
import type { Hono } from 'hono';
import { act } from '../../flow/act.ts';
import { begin } from '../../flow/begin.ts';
import { claim } from '../../flow/claim.ts';
import { findFlow } from '../../flow/find.ts';
import { present } from '../../flow/present.ts';
import type { Parts } from '../../parts.ts';
import type { Environment } from '../app.ts';
import { readJson } from '../body.ts';
import { guardSite, identifyBrowser, readCredentials, readLocale } from '../guards.ts';
import { parseInput } from '../input.ts';
import { problemResponse } from '../problem.ts';
import { sessionCookies } from '../session-cookies.ts';

type Browser = Pick<Parameters<typeof begin>[1], 'browserHash' | 'origin' | 'locale'>;

const open = (parts: Parts, body: unknown, browser: Browser) => {
  const isClaim = typeof body === 'object' && body !== null && 'token' in body;
  if (!isClaim) return begin(parts, { ...parseInput(beginRequest, body), ...browser });
  const { token, resume = null } = parseInput(claimRequest, body);
  return claim(parts, { token, resume, ...browser });
};

/** The one resource of the protocol: begin or claim a flow, read it, advance it. */
export const flowRoutes = (app: Hono<Environment>, parts: Parts): void => {
  app.post('/flows', async ({ req, env, json }) => {
    guardSite(parts, env.peer);
    const body = await readJson(req.raw);
    const { browserHash, setCookies } = await identifyBrowser(parts, env.peer);
    const browser = { browserHash, origin: env.peer.origin, locale: readLocale(req.raw) };
    const { flow, token } = await open(parts, body, browser);
    env.setCookies.push(...setCookies);
    return json({ flow: await present(parts, flow), token }, 201);
  });

  app.get('/flows/current', async ({ req, env, json }) => {
    guardSite(parts, env.peer);
    const flow = await findFlow(parts, await readCredentials(req.raw, env.peer));
    env.setCookies.push(...(await sessionCookies(parts, flow)));
    return json({ flow: await present(parts, flow) });
  });

  app.post('/flows/current/actions', async ({ req, env, json }) => {
    guardSite(parts, env.peer);
    const credentials = await readCredentials(req.raw, env.peer);
    const actor = { credentials, flow: await findFlow(parts, credentials) };
    const { flow, refusal } = await act(parts, actor, await readJson(req.raw));
    const shown = await present(parts, flow);
    env.setCookies.push(...(await sessionCookies(parts, flow)));
    return refusal ? problemResponse(refusal, shown) : json({ flow: shown });
  });
};
