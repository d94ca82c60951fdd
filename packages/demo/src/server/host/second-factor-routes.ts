import { errorKinds, isCountersignError } from '@countersign/core/errors';
import type { RedeemedProof } from '@countersign/server';
import type { Context } from 'hono';
import * as v from 'valibot';
import type { App, Parts } from '../app.ts';
import { readBody } from './read-body.ts';
import { readSession } from './session-cookie.ts';
import type { Session } from './sessions.ts';

const kind = v.picklist(['verify', 'setup']);
type Kind = v.InferOutput<typeof kind>;

const answer = v.strictObject({ kind, proof: v.pipe(v.string(), v.maxLength(4096)) });

/** Everything that a host has to do: begin flows for its own users, and redeem the proofs that come back. */
export const secondFactorRoutes = (app: App, { origin, backend, sessions }: Parts): void => {
  const begin = async ({ user, nonce, signedInAt }: Session, flow: Kind): Promise<string> => {
    const firstFactor = { amr: ['pwd'], at: signedInAt } as const;
    const { token } = await backend.flows.begin({ kind: flow, userId: user.id, firstFactor, audience: origin, nonce });
    return token;
  };

  /** The session is the server's own, so a proof of anybody else, or for another session, is refused. */
  const redeem = ({ user, nonce }: Session, input: v.InferOutput<typeof answer>): Promise<RedeemedProof> =>
    backend.proofs.verify(input.proof, { userId: user.id, audience: origin, nonce, kind: input.kind });

  app.post('/demo/begin/verify', async (context) => {
    const session = readSession(context, sessions);
    return session ? context.json({ token: await begin(session, 'verify') }) : signedOut(context);
  });

  app.post('/demo/begin/setup', async (context) => {
    const session = readSession(context, sessions);
    if (!session) return signedOut(context);
    return session.authTime === null ? unverified(context) : context.json({ token: await begin(session, 'setup') });
  });

  app.post('/demo/proof', async (context) => {
    const session = readSession(context, sessions);
    if (!session) return signedOut(context);
    const input = await readBody(context.req, answer);
    if (input === null) return context.json({ error: 'malformed' }, 400);
    const proved = await redeem(session, input).catch(refusal);
    if (typeof proved === 'string') return context.json({ error: proved }, errorKinds[proved].status);
    if (!proved.mfa) return unverified(context);
    if (proved.kind === 'verify') session.authTime = proved.authTime * 1000;
    return context.json({ ok: true });
  });
};

/** Why the proof was refused; anything else is a fault of the server and goes on as one. */
const refusal = (error: unknown): 'proof.invalid' | 'proof.already_redeemed' => {
  const code = isCountersignError(error) ? error.code : null;
  if (code === 'proof.invalid' || code === 'proof.already_redeemed') return code;
  throw error;
};

const signedOut = (context: Context) => context.json({ error: 'signed-out' }, 401);
const unverified = (context: Context) => context.json({ error: 'unverified' }, 403);
