import { factorPatch } from '@countersign/core/account';
import { stepUpHeader } from '@countersign/core/step-up-header';
import type { Hono } from 'hono';
import type { Owner } from '../../account/change.ts';
import { useStepUp } from '../../account/step-up.ts';
import { forgetDevice } from '../../account/devices.ts';
import { removeFactor, renameFactor, setDefaultFactor } from '../../account/factors.ts';
import { exportOf, overviewOf } from '../../account/overview.ts';
import { aboutUser } from '../../events/happening.ts';
import { record } from '../../events/record.ts';
import type { Parts } from '../../parts.ts';
import type { Environment } from '../app.ts';
import { readJson } from '../body.ts';
import { guardSession, guardSite, readLocale } from '../guards.ts';
import { parseInput } from '../input.ts';
import type { Peer } from '../peer.ts';

const ownerOf = async (parts: Parts, request: Request, peer: Peer): Promise<Owner> => {
  guardSite(parts, peer);
  const session = await guardSession(parts, request, peer);
  return { session, stepUp: request.headers.get(stepUpHeader) ?? '', locale: readLocale(request) };
};

/** A user's own account: what there is, and each change with the step-up that allows it. */
export const accountRoutes = (app: Hono<Environment>): void => {
  app.get('/account', async ({ req, env, json }) => {
    const { parts } = env;
    const { session } = await ownerOf(parts, req.raw, env.peer);
    return json({ account: await overviewOf(parts, session.userId) });
  });

  app.get('/account/export', async ({ req, env, json }) => {
    const { parts } = env;
    const { session, stepUp } = await ownerOf(parts, req.raw, env.peer);
    const { userId, id: sessionId } = session;
    // Nothing is changed, so the step-up serves for its ten minutes: a download that broke off may be taken up again.
    await useStepUp(parts, stepUp, { sessionId, action: 'export', target: userId });
    await record(parts, { happened: [{ type: 'account-exported' }] }, aboutUser(userId));
    return json(await exportOf(parts, userId));
  });

  app.patch('/account/factors/:id', async ({ req, env, json }) => {
    const { parts } = env;
    const owner = await ownerOf(parts, req.raw, env.peer);
    const patch = parseInput(factorPatch, await readJson(req.raw));
    const id = req.param('id');
    if ('name' in patch) await renameFactor(parts, owner, { id, name: patch.name });
    else await setDefaultFactor(parts, owner, id);
    return json({ account: await overviewOf(parts, owner.session.userId) });
  });

  app.delete('/account/factors/:id', async ({ req, env, json }) => {
    const { parts } = env;
    const owner = await ownerOf(parts, req.raw, env.peer);
    await removeFactor(parts, owner, req.param('id'));
    return json({ account: await overviewOf(parts, owner.session.userId) });
  });

  app.delete('/account/devices/:id', async ({ req, env, json }) => {
    const { parts } = env;
    const owner = await ownerOf(parts, req.raw, env.peer);
    await forgetDevice(parts, owner, req.param('id'));
    return json({ account: await overviewOf(parts, owner.session.userId) });
  });
};
