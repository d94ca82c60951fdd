import { CountersignError } from '@countersign/core/errors';
import type { Hono } from 'hono';
import { causedBy } from '../../events/cause.ts';
import { takeReport } from '../../outbox/report.ts';
import type { Environment } from '../app.ts';
import { readText } from '../body.ts';
import { guardSite } from '../guards.ts';

/**
 * Where providers tell what became of messages. Who is none of them gets the same refusal whichever connectors there
 * are, and who is one the same answer whichever messages there were.
 */
export const reportRoutes = (app: Hono<Environment>): void => {
  app.post('/connectors/:id/reports', async ({ req, env, body }) => {
    const { parts, peer } = env;
    guardSite(parts, peer);
    const request = {
      headers: req.raw.headers,
      query: new URL(req.url).searchParams,
      body: await readText(req.raw),
    };
    const connector = parts.connectors.find(({ id }) => id === req.param('id'));
    const reports = (await connector?.readReports?.(request)) ?? null;
    if (!connector || reports === null) throw new CountersignError('auth.unauthorized');
    const told = causedBy(parts, { ...parts.cause, actor: 'provider' });
    for (const report of reports) await takeReport(told, connector, report);
    return body(null, 204);
  });
};
