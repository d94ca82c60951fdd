import * as v from 'valibot';
import { ownKind } from './flow.ts';

/** Changes of an account that need a step-up, and what their `target` is the id of. */
export const accountAction = v.picklist([
  'rename-factor',
  'remove-factor',
  'set-default',
  'forget-device',
  /** The target is the user. */
  'export',
]);
export type AccountAction = v.InferOutput<typeof accountAction>;

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(256));

/** What `POST /flows` takes where no host has begun the flow; `setup` and `verify` need a session. */
export const beginRequest = v.variant('kind', [
  v.strictObject({ kind: ownKind }),
  v.strictObject({
    kind: v.literal('setup'),
    /** Default: the person chooses. */
    factor: v.optional(id),
    /** The held factor whose place the new one takes. Default: none. */
    replaces: v.optional(id),
  }),
  v.strictObject({ kind: v.literal('verify'), for: v.strictObject({ action: accountAction, target: id }) }),
]);
export type BeginRequest = v.InferOutput<typeof beginRequest>;

/** What `POST /flows` takes from a browser: a host's token to claim, and one still held from before. */
export const claimRequest = v.strictObject({
  token: v.pipe(v.string(), v.minLength(1), v.maxLength(128)),
  resume: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(128))),
});

/** What `POST /proofs/redeem` takes. */
export const redeemRequest = v.strictObject({
  proof: v.pipe(v.string(), v.maxLength(4096)),
  audience: v.pipe(v.string(), v.maxLength(256)),
  nonce: v.pipe(v.string(), v.maxLength(256)),
});
