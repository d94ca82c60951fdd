import { passkeyContract } from '@countersign/factors/passkey/contract';
import type { TestKit } from '@countersign/server/testing';
import * as v from 'valibot';

const asked = v.looseObject(passkeyContract.setup.register.carries);

const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCodePoint(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

const text = (value: string): Uint8Array => new TextEncoder().encode(value);

/** One array of all the bytes; a plain list may hold what CBOR (RFC 8949) writes before them. */
const joined = (...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => [...part]));

/** A new P-256 key as COSE writes it (RFC 9052 §7): EC2, ES256, P-256, x, y. */
const coseKey = async (): Promise<Uint8Array> => {
  const { publicKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
  const [, ...point] = new Uint8Array(await crypto.subtle.exportKey('raw', publicKey));
  const head = [0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 32];
  return joined(head, point.slice(0, 32), [0x22, 0x58, 32], point.slice(32));
};

/** The attestation object (WebAuthn §6.5) of a device that was there, verified its owner and says nothing of its make. */
const attestation = async (rpId: string, id: Uint8Array): Promise<Uint8Array> => {
  const site = new Uint8Array(await crypto.subtle.digest('SHA-256', Uint8Array.from(text(rpId))));
  const flagsAndCounter = [0x45, 0, 0, 0, 0];
  const make = new Uint8Array(16);
  const authData = joined(site, flagsAndCounter, make, [0, id.length], id, await coseKey());
  const none = joined([0xa3, 0x63], text('fmt'), [0x64], text('none'), [0x67], text('attStmt'), [0xa0]);
  return joined(none, [0x68], text('authData'), [0x58, authData.length], authData);
};

/** Ada adds a passkey by the real protocol, on a device that no browser here can reach. */
export const addPasskey = async (kit: TestKit): Promise<void> => {
  const visitor = kit.visitor();
  await visitor.claim((await kit.begin({ kind: 'setup', factor: 'passkey' })).token);
  if (visitor.flow.step.name === 'verify-factor') {
    await visitor.act({ type: 'submit-code', code: kit.inbox.code() });
  }
  const { challenge, rp } = v.parse(asked, visitor.flow.step).options;
  const rawId = crypto.getRandomValues(new Uint8Array(16));
  const id = base64url(rawId);
  const clientData = { type: 'webauthn.create', challenge, origin: kit.origin, crossOrigin: false };
  const response = {
    clientDataJSON: base64url(text(JSON.stringify(clientData))),
    attestationObject: base64url(await attestation(rp.id, rawId)),
    transports: ['internal'],
  };
  const credential = { id, rawId: id, type: 'public-key', clientExtensionResults: {}, response };
  const reply = await visitor.act({ type: 'register', credential });
  if (reply.status !== 200) throw new Error(`the passkey was refused: ${reply.problem.code}`);
};
