import { claimRequest } from '@countersign/core/flow';
import type { Hono } from 'hono';
import { act } from '../../flow/act.ts';
import { claim } from '../../flow/claim.ts';
import { findFlow } from '../../flow/find.ts';
import { present } from '../../flow/present.ts';
import type { Parts } from '../../parts.ts';
import type { Environment } from '../app.ts';
import { readJson } from '../body.ts';
import { guardSite, identifyBrowser, readCredentials, readLocale } from '../guards.ts';
import { parseInput } from '../input.ts';
import { problemResponse } from '../problem.ts';

/** The one resource of the protocol: claim a flow, read it, advance it. */
export const flowRoutes = (app: Hono<Environment>, parts: Parts): void => {
  app.post('/flows', async ({ req, env, json }) => {
    guardSite(parts, env.peer);
    const { token, resume = null } = parseInput(claimRequest, await readJson(req.raw));
    const { browserHash, setCookies } = await identifyBrowser(parts, env.peer);
    const { origin } = env.peer;
    const claimed = await claim(parts, { token, resume, browserHash, origin, locale: readLocale(req.raw) });
    env.setCookies.push(...setCookies);
    return json({ flow: await present(parts, claimed.flow), token: claimed.token }, 201);
  });

  app.get('/flows/current', async ({ req, env, json }) => {
    guardSite(parts, env.peer);
    const flow = await findFlow(parts, await readCredentials(req.raw, env.peer));
    return json({ flow: await present(parts, flow) });
  });

  app.post('/flows/current/actions', async ({ req, env, json }) => {
    guardSite(parts, env.peer);
    const credentials = await readCredentials(req.raw, env.peer);
    await findFlow(parts, credentials);
    const { flow, refusal } = await act(parts, credentials, await readJson(req.raw));
    const shown = await present(parts, flow);
    return refusal ? problemResponse(refusal, shown) : json({ flow: shown });
  });
};
