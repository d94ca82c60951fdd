import type { HeldFactor } from '@countersign/core/factor';
import * as v from 'valibot';

/** What is kept of a passkey, sealed; `transports` are separated by spaces. */
const heldSchema = v.strictObject({
  credentialId: v.string(),
  /** COSE, base64url. */
  publicKey: v.string(),
  /** The domain that it signs for. */
  rpId: v.string(),
  /** The `user.id` that the authenticator keeps: nobody's id, and the same for all passkeys of a user. */
  userHandle: v.string(),
  transports: v.string(),
  /** Which kind of authenticator made it; all zeros where it does not say. */
  aaguid: v.string(),
  /** Whether it may be copied to other devices, which never changes. */
  backupEligible: v.boolean(),
  /** Whether it has been copied, as its authenticator said when it last signed. */
  backedUp: v.boolean(),
  /** Whether the person proved to the device who they are, when it was made. */
  userVerified: v.boolean(),
});

/** A passkey as it is kept. */
export type HeldPasskey = v.InferOutput<typeof heldSchema>;

/** Reads what is kept of a passkey. */
export const readPasskey = ({ data }: HeldFactor): HeldPasskey => v.parse(heldSchema, data);

/** How a browser is told of a passkey. */
export const descriptorOf = (held: HeldFactor) => {
  const { credentialId, transports } = readPasskey(held);
  return { id: credentialId, type: 'public-key', transports: transports.split(' ').filter(Boolean) } as const;
};
