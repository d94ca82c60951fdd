import { CountersignError } from '@countersign/core/errors';
import { amr, hostKind, type HostKind } from '@countersign/core/flow';
import { identifier } from '@countersign/core/identifier';
import * as v from 'valibot';
import { randomToken } from '../crypto/random.ts';
import { hashToken } from '../crypto/vault.ts';
import { parseInput } from '../http/input.ts';
import type { Parts } from '../parts.ts';
import { draftOf } from './draft.ts';
import { claimLife } from './find.ts';
import { usableFactors } from './factors/held.ts';
import { type HostAddress, takeAddresses } from './host-addresses.ts';
import { insertFlow, newFlow } from './new-flow.ts';

/** How long ago the first factor may have been proved where one signs in with it, or it alone allows a binding. */
const firstFactorLife = 10 * 60_000;

const text = (maximum: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(maximum));

const beginSchema = v.strictObject({
  kind: hostKind,
  userId: text(256),
  factor: v.optional(text(64)),
  firstFactor: v.strictObject({ amr: v.array(amr), at: v.pipe(v.number(), v.integer()) }),
  audience: text(256),
  nonce: text(256),
  locale: v.optional(text(35)),
  identifiers: v.optional(
    v.pipe(
      v.array(v.strictObject({ ...identifier.entries, verifiedAt: v.optional(v.pipe(v.number(), v.integer())) })),
      v.maxLength(10),
    ),
    [],
  ),
});

/** What a host says when it begins a flow for a user it knows. */
export interface BeginOptions {
  kind: HostKind;
  /** The host's own id of the user, who is made known by this. */
  userId: string;
  /** The factor to set up; default: the only one that is on, or the person chooses. */
  factor?: string;
  /** How and when (Unix milliseconds) the host proved who the user is; at most 10 minutes ago to sign in, or where nothing is held. */
  firstFactor: { amr: readonly v.InferOutput<typeof amr>[]; at: number };
  /** The `aud` of the proof; one of the audiences that the backend was given. */
  audience: string;
  /** A value of the host's choice that the proof repeats; bind it to the host's session. */
  nonce: string;
  /** BCP 47, for messages. Default: the language of the browser that claims the flow. */
  locale?: string;
  /**
   * Addresses that the host knows the user by. With `sign-in`, a proved phone becomes the SMS factor without a message,
   * as one that was proved at a sign-up does. Default: none.
   */
  identifiers?: readonly HostAddress[];
}

/** A flow that waits for a browser. */
export interface BegunFlow {
  flowId: string;
  /** Opens nothing but the claim, once, within ten minutes. */
  token: string;
  /** Unix milliseconds. */
  expiresAt: number;
}

const refuse = (path: string): never => {
  throw new CountersignError('guard.invalid_input', { path });
};

/** Begins a flow for a browser to claim. Throws `guard.invalid_input` with the path of what the host got wrong. */
export const beginForHost = async (parts: Parts, options: BeginOptions): Promise<BegunFlow> => {
  const input = parseInput(beginSchema, options);
  const now = parts.now();
  const { factors } = await parts.settings.read();
  if (!parts.audiences.includes(input.audience)) refuse('audience');
  if (input.factor !== undefined && !factors.includes(input.factor)) refuse('factor');
  if (input.identifiers.some(({ verifiedAt }) => (verifiedAt ?? 0) > now)) refuse('identifiers');
  await parts.store.users.ensure(input.userId, now);
  await takeAddresses(parts, input, input.identifiers);

  const { kind, userId, firstFactor, audience, nonce, factor = null, locale = '' } = input;
  const token = randomToken(parts.random);
  const tokenHash = await hashToken(token);
  const flow = newFlow(parts, { kind, tokenHash, userId, host: { audience, nonce }, factor, firstFactor, locale });
  const mustBeFresh = kind === 'sign-in' || (await usableFactors(await draftOf(parts, flow))).length === 0;
  if (mustBeFresh && now - firstFactor.at > firstFactorLife) refuse('firstFactor.at');
  await insertFlow(parts, flow);
  return { flowId: flow.id, token, expiresAt: now + claimLife };
};
