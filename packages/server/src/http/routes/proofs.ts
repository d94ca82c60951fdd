import { redeemRequest } from '@countersign/core/requests';
import type { Hono } from 'hono';
import type { Parts } from '../../parts.ts';
import { redeemProof } from '../../proof/redeem.ts';
import type { Environment } from '../app.ts';
import { readJson } from '../body.ts';
import { guardSite } from '../guards.ts';
import { parseInput } from '../input.ts';

/** For hosts in any language: redeem a proof with one call, or check it offline against the keys. */
export const proofRoutes = (app: Hono<Environment>, parts: Parts): void => {
  app.post('/proofs/redeem', async ({ req, env, json }) => {
    guardSite(parts, env.peer);
    return json(await redeemProof(parts, parseInput(redeemRequest, await readJson(req.raw))));
  });

  app.get('/.well-known/jwks.json', ({ json }) => json(parts.signer.jwks));
};
