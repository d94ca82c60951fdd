import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** What CBOR is made of here; a map keeps its order. */
type Cbor = number | string | Uint8Array | Map<number | string, Cbor>;

const head = (major: number, length: number): Buffer => {
  if (length < 24) return Buffer.from([(major << 5) | length]);
  if (length < 256) return Buffer.from([(major << 5) | 24, length]);
  return Buffer.from([(major << 5) | 25, length >> 8, length & 255]);
};

/** CBOR (RFC 8949), as far as WebAuthn writes it. */
export const cbor = (value: Cbor): Buffer => {
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (value instanceof Uint8Array) return Buffer.concat([head(2, value.length), value]);
  return Buffer.concat([head(5, value.size), ...[...value].flatMap(([key, item]) => [cbor(key), cbor(item)])]);
};

export const base64url = (bytes: Uint8Array | string): string => Buffer.from(bytes).toString('base64url');
export const sha256 = (bytes: Uint8Array | string): Buffer => createHash('sha256').update(bytes).digest();

/** A key of one of the algorithms that are offered, or of one that is not (ES384). */
export type Algorithm = 'ES256' | 'EdDSA' | 'RS256' | 'ES384';

const part = (key: KeyObject, name: 'x' | 'y' | 'n' | 'e'): Buffer =>
  Buffer.from(String(key.export({ format: 'jwk' })[name]), 'base64url');

const keyMakers: Record<
  Algorithm,
  () => { privateKey: KeyObject; cose(publicKey: KeyObject): Cbor; publicKey: KeyObject }
> = {
  ES256: () => ({
    ...generateKeyPairSync('ec', { namedCurve: 'P-256' }),
    cose: (key) =>
      new Map<number, Cbor>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, part(key, 'x')],
        [-3, part(key, 'y')],
      ]),
  }),
  ES384: () => ({
    ...generateKeyPairSync('ec', { namedCurve: 'P-384' }),
    cose: (key) =>
      new Map<number, Cbor>([
        [1, 2],
        [3, -35],
        [-1, 2],
        [-2, part(key, 'x')],
        [-3, part(key, 'y')],
      ]),
  }),
  EdDSA: () => ({
    ...generateKeyPairSync('ed25519'),
    cose: (key) =>
      new Map<number, Cbor>([
        [1, 1],
        [3, -8],
        [-1, 6],
        [-2, part(key, 'x')],
      ]),
  }),
  RS256: () => ({
    ...generateKeyPairSync('rsa', { modulusLength: 2048 }),
    cose: (key) =>
      new Map<number, Cbor>([
        [1, 3],
        [3, -257],
        [-1, part(key, 'n')],
        [-2, part(key, 'e')],
      ]),
  }),
};

/** Flags of the authenticator data (WebAuthn §6.1). */
export const flag = { up: 1, uv: 4, be: 8, bs: 16, attested: 64 } as const;

/** What a response says otherwise than an honest browser and authenticator would. */
export interface Lies {
  type?: string;
  challenge?: string;
  origin?: string;
  rpId?: string;
  flags?: number;
  counter?: number;
  /** Entries of the client data besides the usual. */
  clientData?: Record<string, unknown>;
  /** Changes the authenticator data before it is signed. */
  authData?(data: Buffer): Buffer;
  /** The attestation object instead of the honest one. */
  attestation?(authData: Buffer): Buffer;
  userHandle?: string;
}

/** What the steps' options say, as far as an authenticator reads them. */
export interface Asked {
  challenge: string;
  rpId: string;
}

/** Options of {@link createAuthenticator}. */
export interface AuthenticatorOptions {
  origin: string;
  algorithm?: Algorithm;
  /** Whether each signature raises the counter; synced passkeys stay at 0. Default: true. */
  counts?: boolean;
  credentialId?: Buffer;
  /** Flags of honest answers. Default: present and verified, bound to the device. */
  flags?: number;
}

/** A browser and an authenticator with one passkey, in software; it says whatever a test wants it to. */
export const createAuthenticator = ({
  origin,
  algorithm = 'ES256',
  counts = true,
  credentialId = randomBytes(16),
  flags = flag.up | flag.uv,
}: AuthenticatorOptions) => {
  const made = keyMakers[algorithm]();
  const id = base64url(credentialId);
  let counter = 0;
  let handle = '';

  const clientDataOf = (type: string, asked: Asked, lies: Lies): Buffer =>
    Buffer.from(
      JSON.stringify({
        type: lies.type ?? type,
        challenge: lies.challenge ?? asked.challenge,
        origin: lies.origin ?? origin,
        crossOrigin: false,
        ...lies.clientData,
      }),
    );
  const authDataOf = (asked: Asked, lies: Lies, rest: Buffer = Buffer.alloc(0)): Buffer => {
    counter += counts ? 1 : 0;
    const count = Buffer.alloc(4);
    count.writeUInt32BE(lies.counter ?? counter);
    const own = (lies.flags ?? flags) | (rest.length > 0 && lies.flags === undefined ? flag.attested : 0);
    const data = Buffer.concat([sha256(lies.rpId ?? asked.rpId), Buffer.from([own]), count, rest]);
    return lies.authData?.(data) ?? data;
  };
  const attested = (): Buffer => {
    const length = Buffer.from([credentialId.length >> 8, credentialId.length & 255]);
    return Buffer.concat([Buffer.alloc(16), length, credentialId, cbor(made.cose(made.publicKey))]);
  };
  const credential = { id, rawId: id, type: 'public-key', clientExtensionResults: {} } as const;

  return {
    id,
    /** What `navigator.credentials.create` would give. */
    create(asked: Asked & { userId: string }, lies: Lies = {}) {
      // It has one passkey, which is of one user for good, whatever else it is made to sign.
      handle ||= asked.userId;
      const authData = authDataOf(asked, lies, attested());
      const honest = (data: Buffer): Buffer =>
        cbor(
          new Map<string, Cbor>([
            ['fmt', 'none'],
            ['attStmt', new Map()],
            ['authData', data],
          ]),
        );
      const response = {
        clientDataJSON: base64url(clientDataOf('webauthn.create', asked, lies)),
        attestationObject: base64url((lies.attestation ?? honest)(authData)),
        transports: ['internal'],
      };
      return { ...credential, response };
    },
    /** What `navigator.credentials.get` would give. */
    get(asked: Asked, lies: Lies = {}) {
      const clientData = clientDataOf('webauthn.get', asked, lies);
      const authData = authDataOf(asked, lies);
      const signed = Buffer.concat([authData, sha256(clientData)]);
      const response = {
        clientDataJSON: base64url(clientData),
        authenticatorData: base64url(authData),
        signature: base64url(sign(algorithm === 'EdDSA' ? null : 'sha256', signed, made.privateKey)),
        userHandle: lies.userHandle ?? handle,
      };
      return { ...credential, response };
    },
  };
};

export type Authenticator = ReturnType<typeof createAuthenticator>;
