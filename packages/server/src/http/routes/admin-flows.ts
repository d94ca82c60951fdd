import type { Hono } from 'hono';
import { issueAccountToken } from '../../account/account-token.ts';
import { accountTokenRequest, beginFlowRequest } from '../../admin/requests.ts';
import { beginForHost } from '../../flow/begin-for-host.ts';
import { guardAdministrator } from '../administrator.ts';
import type { Environment } from '../app.ts';
import { readJson } from '../body.ts';
import { parseInput } from '../input.ts';

/** Hosts in any language begin flows here, with a key of the scope `flows`. */
export const adminFlowRoutes = (app: Hono<Environment>): void => {
  app.post('/admin/flows', async ({ req, env, json }) => {
    const parts = await guardAdministrator(env, req.raw, 'flows');
    const begun = await beginForHost(parts, parseInput(beginFlowRequest, await readJson(req.raw)));
    return json({ ...begun, expiresAt: new Date(begun.expiresAt).toISOString() }, 201);
  });

  app.post('/admin/account-tokens', async ({ req, env, json }) => {
    const parts = await guardAdministrator(env, req.raw, 'flows');
    const given = await issueAccountToken(parts, parseInput(accountTokenRequest, await readJson(req.raw)));
    return json({ ...given, expiresAt: new Date(given.expiresAt).toISOString() }, 201);
  });
};
