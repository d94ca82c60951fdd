import { redeemRequest } from '@countersign/core/requests';
import type { Hono } from 'hono';
import { redeemProof } from '../../proof/redeem.ts';
import type { Environment } from '../app.ts';
import { readJson } from '../body.ts';
import { guardSite } from '../guards.ts';
import { parseInput } from '../input.ts';

/** For hosts in any language: redeem a proof with one call, or check it offline against the keys. */
export const proofRoutes = (app: Hono<Environment>): void => {
  app.post('/proofs/redeem', async ({ req, env, json }) => {
    const { parts } = env;
    guardSite(parts, env.peer);
    return json(await redeemProof(parts, parseInput(redeemRequest, await readJson(req.raw))));
  });

  app.get('/.well-known/jwks.json', ({ env, json }) => json(env.parts.signer.jwks));
};
