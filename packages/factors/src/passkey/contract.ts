import type { FactorContract } from '@countersign/core/contract';
import * as v from 'valibot';

/** `longest` is in characters; the whole request may have 16 KiB. */
const base64url = (longest: number) =>
  v.pipe(
    v.string(),
    v.regex(/^[\w-]+$/u),
    v.check((text) => text.length % 4 !== 1),
    v.maxLength(longest),
  );

/** 1023 bytes at most (WebAuthn §4). */
const credentialId = base64url(1364);
const transports = v.pipe(v.array(v.pipe(v.string(), v.maxLength(32))), v.maxLength(10));

const descriptor = v.strictObject({
  id: credentialId,
  type: v.literal('public-key'),
  transports: v.exactOptional(transports),
});

/** For `navigator.credentials.create`, as `PublicKeyCredential.parseCreationOptionsFromJSON` reads it. */
const creationOptions = v.strictObject({
  rp: v.strictObject({ id: v.string(), name: v.string() }),
  user: v.strictObject({ id: v.string(), name: v.string(), displayName: v.string() }),
  challenge: v.string(),
  pubKeyCredParams: v.array(v.strictObject({ type: v.literal('public-key'), alg: v.number() })),
  timeout: v.number(),
  excludeCredentials: v.array(descriptor),
  authenticatorSelection: v.strictObject({
    residentKey: v.literal('preferred'),
    requireResidentKey: v.literal(false),
    userVerification: v.literal('preferred'),
  }),
  attestation: v.literal('none'),
});

/** For `navigator.credentials.get`, as `PublicKeyCredential.parseRequestOptionsFromJSON` reads it. */
const requestOptions = v.strictObject({
  challenge: v.string(),
  timeout: v.number(),
  rpId: v.string(),
  allowCredentials: v.array(descriptor),
  userVerification: v.literal('preferred'),
});

/** What every `PublicKeyCredential.toJSON()` has. */
const credential = {
  id: credentialId,
  rawId: credentialId,
  type: v.literal('public-key'),
  authenticatorAttachment: v.exactOptional(v.picklist(['platform', 'cross-platform'])),
  // None is asked for, so none is looked at.
  clientExtensionResults: v.object({}),
};

const registration = v.strictObject({
  ...credential,
  response: v.strictObject({
    clientDataJSON: base64url(4096),
    attestationObject: base64url(8192),
    // The browser's own reading of the attestation; only the attestation itself is believed.
    authenticatorData: v.exactOptional(base64url(8192)),
    transports: v.exactOptional(transports),
    publicKeyAlgorithm: v.exactOptional(v.number()),
    publicKey: v.exactOptional(base64url(4096)),
  }),
});

const assertion = v.strictObject({
  ...credential,
  response: v.strictObject({
    clientDataJSON: base64url(4096),
    authenticatorData: base64url(4096),
    signature: base64url(2048),
    userHandle: v.exactOptional(base64url(88)),
  }),
});

/** What a browser made of {@link passkeyContract}'s options. */
export type Registration = v.InferOutput<typeof registration>;
export type Assertion = v.InferOutput<typeof assertion>;
export type CreationOptions = v.InferOutput<typeof creationOptions>;
export type RequestOptions = v.InferOutput<typeof requestOptions>;

/** A passkey (WebAuthn) as the second step: the browser signs for this site and no other, so it can't be phished. */
export const passkeyContract = {
  type: 'passkey',
  role: 'primary',
  setup: {
    register: {
      carries: { options: creationOptions },
      accepts: { register: { credential: registration } },
    },
  },
  verify: {
    authenticate: {
      carries: {
        /** Null where none of the user's passkeys can serve: outside browsers, or on a domain that they are not for. */
        options: v.nullable(requestOptions),
      },
      accepts: { authenticate: { credential: assertion } },
    },
  },
} as const satisfies FactorContract;

/** The type of {@link passkeyContract}, which is all that browser code imports of it. */
export type PasskeyContract = typeof passkeyContract;
