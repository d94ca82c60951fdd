import type { Hono } from 'hono';
import { issuePass } from '../../account/recovery.ts';
import { importFactor } from '../../admin/import-factor.ts';
import { importFactorRequest } from '../../admin/requests.ts';
import { forgetSkips, listFactors, removeFactor, removeUser, unlock } from '../../admin/users.ts';
import { guardAdministrator } from '../administrator.ts';
import type { Environment } from '../app.ts';
import { readJson } from '../body.ts';
import { parseInput } from '../input.ts';

/** What an administrator may do about one user, by `users:read` and `users:write`. */
export const adminUserRoutes = (app: Hono<Environment>): void => {
  app.delete('/admin/users/:id', async ({ req, env, body }) => {
    const parts = await guardAdministrator(env, req.raw, 'users:write');
    await removeUser(parts, req.param('id'));
    return body(null, 204);
  });

  app.get('/admin/users/:id/factors', async ({ req, env, json }) => {
    const parts = await guardAdministrator(env, req.raw, 'users:read');
    return json({ factors: await listFactors(parts, req.param('id')) });
  });

  app.post('/admin/users/:id/factors', async ({ req, env, json }) => {
    const parts = await guardAdministrator(env, req.raw, 'users:write');
    const request = parseInput(importFactorRequest, await readJson(req.raw));
    return json(await importFactor(parts, req.param('id'), request), 201);
  });

  app.delete('/admin/users/:id/factors/:factorId', async ({ req, env, body }) => {
    const parts = await guardAdministrator(env, req.raw, 'users:write');
    await removeFactor(parts, req.param('id'), req.param('factorId'));
    return body(null, 204);
  });

  app.post('/admin/users/:id/recovery-passes', async ({ req, env, json }) => {
    const parts = await guardAdministrator(env, req.raw, 'users:write');
    return json(await issuePass(parts, req.param('id'), await readJson(req.raw)), 201);
  });

  app.post('/admin/users/:id/unlock', async ({ req, env, body }) => {
    const parts = await guardAdministrator(env, req.raw, 'users:write');
    await unlock(parts, req.param('id'));
    return body(null, 204);
  });

  app.delete('/admin/users/:id/skips', async ({ req, env, body }) => {
    const parts = await guardAdministrator(env, req.raw, 'users:write');
    await forgetSkips(parts, req.param('id'));
    return body(null, 204);
  });
};
