import type { Hono } from 'hono';
import { tryMessageRequest } from '../../admin/requests.ts';
import { tryMessage } from '../../admin/try-message.ts';
import type { Parts } from '../../parts.ts';
import { guardAdministrator } from '../administrator.ts';
import type { Settings } from '../../settings/schema.ts';
import type { Environment } from '../app.ts';
import { readJson } from '../body.ts';
import { guardSite, readBearer } from '../guards.ts';
import { parseInput } from '../input.ts';

/** The settings, which are replaced as a whole, and trials of their texts; for a key with the scope `settings`. */
export const settingsRoutes = (app: Hono<Environment>, parts: Parts): void => {
  const told = (settings: Settings) => ({ settings, warnings: parts.settings.warnings(settings) });

  app.get('/admin/settings', async ({ req, env, json }) => {
    guardSite(parts, env.peer);
    await guardAdministrator(parts, readBearer(req.raw), 'settings');
    return json(told(await parts.settings.read()));
  });

  app.put('/admin/settings', async ({ req, env, json }) => {
    guardSite(parts, env.peer);
    await guardAdministrator(parts, readBearer(req.raw), 'settings');
    return json(told(await parts.settings.write(await readJson(req.raw))));
  });

  app.post('/admin/messages', async ({ req, env, json }) => {
    guardSite(parts, env.peer);
    await guardAdministrator(parts, readBearer(req.raw), 'settings');
    return json(await tryMessage(parts, parseInput(tryMessageRequest, await readJson(req.raw))));
  });
};
