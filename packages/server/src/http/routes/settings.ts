import type { Hono } from 'hono';
import { tryMessageRequest } from '../../admin/requests.ts';
import { writeSettings } from '../../admin/write-settings.ts';
import { tryMessage } from '../../admin/try-message.ts';
import type { Parts } from '../../parts.ts';
import { guardAdministrator } from '../administrator.ts';
import type { Settings } from '../../settings/schema.ts';
import type { Environment } from '../app.ts';
import { readJson } from '../body.ts';
import { parseInput } from '../input.ts';

const told = (parts: Parts, settings: Settings) => ({ settings, warnings: parts.settings.warnings(settings) });

/** The settings, which are replaced as a whole, and trials of their texts; for a key with the scope `settings`. */
export const settingsRoutes = (app: Hono<Environment>): void => {
  app.get('/admin/settings', async ({ req, env, json }) => {
    const parts = await guardAdministrator(env, req.raw, 'settings');
    return json(told(parts, await parts.settings.read()));
  });

  app.put('/admin/settings', async ({ req, env, json }) => {
    const parts = await guardAdministrator(env, req.raw, 'settings');
    return json(told(parts, await writeSettings(parts, await readJson(req.raw))));
  });

  app.post('/admin/messages', async ({ req, env, json }) => {
    const parts = await guardAdministrator(env, req.raw, 'settings');
    return json(await tryMessage(parts, parseInput(tryMessageRequest, await readJson(req.raw))));
  });
};
