import type { Hono } from 'hono';
import { eventsRequest } from '../../admin/requests.ts';
import { listEvents } from '../../events/list.ts';
import { guardAdministrator } from '../administrator.ts';
import type { Environment } from '../app.ts';
import { parseInput } from '../input.ts';

/** What happened, for a key with the scope `events`. */
export const adminEventRoutes = (app: Hono<Environment>): void => {
  app.get('/admin/events', async ({ req, env, json }) => {
    const parts = await guardAdministrator(env, req.raw, 'events');
    return json(await listEvents(parts, parseInput(eventsRequest, req.query())));
  });
};
