import { CountersignError } from '@countersign/core/errors';
import type { FactorContext, HeldFactor } from '@countersign/core/factor';
import { verifyAuthenticationResponse, verifyRegistrationResponse } from '@simplewebauthn/server';
import * as v from 'valibot';
import type { Assertion, Registration } from './contract.ts';
import { type HeldPasskey, readPasskey } from './server-held.ts';

/** What a response must be an answer to. */
export interface Ceremony {
  challenge: string;
  origin: string;
  rpId: string;
}

/** Ed25519, ES256 and RS256, which between them every authenticator has. */
export const algorithms = [-8, -7, -257];

/** The one refusal: why a response was not believed is for nobody who sent it. */
export const failed = (cause?: unknown): CountersignError =>
  new CountersignError('session.mfa.webauthn_verification_failed', { path: 'credential' }, { cause });

const clientData = v.looseObject({ crossOrigin: v.optional(v.boolean()), topOrigin: v.optional(v.string()) });

const bytesOf = (base64url: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64url.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0));

/** Bytes in the only way that WebAuthn writes them. */
export const base64urlOf = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/u, '');

/** Nobody embeds these steps on a foreign page (§7.1 step 10, §7.2 step 14), so a frame of one is an attack. */
const refuseFrames = (clientDataJSON: string): void => {
  const parsed: unknown = JSON.parse(new TextDecoder().decode(bytesOf(clientDataJSON)));
  const { crossOrigin = false, topOrigin } = v.parse(clientData, parsed);
  if (crossOrigin || topOrigin !== undefined) throw new Error('the page was in a frame of another origin');
};

/** Anything that a foreign response makes go wrong is the same refusal. */
const orFailed = async <Result>(check: () => Promise<Result>): Promise<Result> => {
  try {
    return await check();
  } catch (error) {
    throw failed(error);
  }
};

/** A passkey that was just made. */
export type NewPasskey = Omit<HeldPasskey, 'userHandle'> & { counter: number };

/** Checks what `navigator.credentials.create` gave, by WebAuthn Level 3 §7.1. */
export const checkRegistration = (
  credential: Registration,
  { challenge, origin, rpId }: Ceremony,
): Promise<NewPasskey> =>
  orFailed(async () => {
    refuseFrames(credential.response.clientDataJSON);
    const { verified, registrationInfo: made } = await verifyRegistrationResponse({
      response: credential,
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: rpId,
      requireUserVerification: false,
      supportedAlgorithmIDs: algorithms,
    });
    if (!verified || made.credential.id !== credential.id) throw new Error('the attestation is not of this credential');
    return {
      credentialId: made.credential.id,
      publicKey: base64urlOf(made.credential.publicKey),
      counter: made.credential.counter,
      rpId,
      transports: (credential.response.transports ?? []).join(' '),
      aaguid: made.aaguid,
      backupEligible: made.credentialDeviceType === 'multiDevice',
      backedUp: made.credentialBackedUp,
      userVerified: made.userVerified,
    };
  });

/** The user's passkey that signed, and what its authenticator says now. */
export interface Signed {
  factorId: string;
  kept: HeldPasskey;
  /** 0 where it does not count. */
  counter: number;
  backedUp: boolean;
  userVerified: boolean;
}

const heldOf = ({ usable }: Pick<FactorContext, 'usable'>, id: string, rpId: string): HeldFactor => {
  const found = usable.map((one) => ({ one, kept: readPasskey(one) }));
  const match = found.find(({ kept }) => kept.credentialId === id && kept.rpId === rpId);
  if (!match) throw new Error('the user holds no such passkey here');
  return match.one;
};

/** Checks what `navigator.credentials.get` gave, by WebAuthn Level 3 §7.2, against the passkeys that the user holds. */
export const checkAssertion = (
  context: Pick<FactorContext, 'usable'>,
  credential: Assertion,
  { challenge, origin, rpId }: Ceremony,
): Promise<Signed> =>
  orFailed(async () => {
    refuseFrames(credential.response.clientDataJSON);
    const held = heldOf(context, credential.id, rpId);
    const kept = readPasskey(held);
    const { userHandle = kept.userHandle } = credential.response;
    if (userHandle !== kept.userHandle) throw new Error('the passkey was made for another user');
    const { verified, authenticationInfo: info } = await verifyAuthenticationResponse({
      response: credential,
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: rpId,
      requireUserVerification: false,
      credential: { id: kept.credentialId, publicKey: bytesOf(kept.publicKey), counter: held.counter },
    });
    if (!verified) throw new Error('the signature is not of this passkey');
    const isCopyable = info.credentialDeviceType === 'multiDevice';
    if (isCopyable !== kept.backupEligible) throw new Error('whether it may be copied has changed');
    const { newCounter: counter, credentialBackedUp: backedUp, userVerified } = info;
    return { factorId: held.id, kept, counter, backedUp, userVerified };
  });
