import { errorKinds, isCountersignError } from '@countersign/core/errors';
import type { HostKind } from '@countersign/core/flow';
import type { Context } from 'hono';
import * as v from 'valibot';
import type { Parts } from '../app.ts';
import type { Member } from './member.ts';
import { readBody } from './read-body.ts';

/** What a member is asked to prove a second factor for. */
export interface Reason {
  kind: HostKind;
  /** Tells this reason from every other; the proof is for it alone. */
  what: string;
  /** The factor to be added, in `setup`. Default: the member chooses. */
  factor?: string;
}

/** Begins a flow for the member, which the element then claims. */
export const begin = async ({ backend, origin }: Parts, member: Member, reason: Reason): Promise<string> => {
  const { kind, what, factor } = reason;
  const { userId, amr, signedInAt } = member.session;
  const { token } = await backend.flows.begin({
    kind,
    userId,
    firstFactor: { amr, at: Date.parse(signedInAt) },
    audience: origin,
    nonce: member.nonceFor(what),
    ...(factor !== undefined && { factor }),
  });
  return token;
};

const handedIn = v.strictObject({ proof: v.pipe(v.string(), v.maxLength(4096)) });

/** Why a proof was refused; anything else is a fault of the server and goes on as one. */
const refusalOf = (error: unknown): 'proof.invalid' | 'proof.already_redeemed' => {
  const code = isCountersignError(error) ? error.code : null;
  if (code === 'proof.invalid' || code === 'proof.already_redeemed') return code;
  throw error;
};

/** Redeems the proof that the page handed in; null when it holds, else the answer that refuses it. */
export const refuse = async (
  { backend, origin }: Parts,
  member: Member,
  { context, kind, what }: Reason & { context: Context },
): Promise<Response | null> => {
  const input = await readBody(context.req, handedIn);
  if (input === null) return context.json({ error: 'malformed' }, 400);
  const expected = { userId: member.session.userId, audience: origin, nonce: member.nonceFor(what), kind };
  const proved = await backend.proofs.verify(input.proof, expected).catch(refusalOf);
  if (typeof proved === 'string') return context.json({ error: proved }, errorKinds[proved].status);
  return proved.mfa ? null : context.json({ error: 'unverified' }, 403);
};
