import assert from 'node:assert/strict';
import { passkeyContract } from '@countersign/factors/passkey/contract';
import type { TestKit, TestKitOptions, Visitor } from '@countersign/server/testing';
import * as v from 'valibot';
import type { Asked, Authenticator, Lies } from './authenticator.ts';

/** Passkeys, and a phone to fall back on. */
export const withPasskeys: TestKitOptions = {
  origins: ['https://app.example.com'],
  settings: { factors: ['passkey', 'sms'], policy: { mode: 'mandatory' } },
};

const setupOptions = v.looseObject(passkeyContract.setup.register.carries);
const verifyOptions = v.looseObject(passkeyContract.verify.authenticate.carries);

/** What the step asks a new passkey for. */
export const toCreate = ({ flow: { step } }: Visitor): Asked & { userId: string } => {
  const { options } = v.parse(setupOptions, step);
  return { challenge: options.challenge, rpId: options.rp.id, userId: options.user.id };
};

/** What the step asks a passkey to sign. */
export const toSign = ({ flow: { step } }: Visitor): Asked => {
  const { options } = v.parse(verifyOptions, step);
  assert.ok(options, 'a passkey can serve here');
  return options;
};

/** A visitor at the step that adds a passkey; `as` proves that it is a user who holds one. */
export const atSetup = async (kit: TestKit, userId = 'ada', as?: Authenticator): Promise<Visitor> => {
  const visitor = kit.visitor();
  const begun = await kit.begin({ kind: 'setup', factor: 'passkey', userId });
  await visitor.claim(begun.token);
  if (as) await answer(visitor, as);
  assert.equal(visitor.flow.step.name, 'setup-factor');
  return visitor;
};

/** A visitor at the step that asks for a passkey. */
export const atVerify = async (kit: TestKit, userId = 'ada'): Promise<Visitor> => {
  const visitor = kit.visitor();
  const begun = await kit.begin({ userId });
  await visitor.claim(begun.token);
  assert.equal(visitor.flow.step.name, 'verify-factor');
  return visitor;
};

/** Sends the passkey that the authenticator makes. */
export const add = (visitor: Visitor, device: Authenticator, lies: Lies = {}) =>
  visitor.act({ type: 'register', credential: device.create(toCreate(visitor), lies) });

/** Sends what the authenticator signs. */
export const answer = (visitor: Visitor, device: Authenticator, lies: Lies = {}) =>
  visitor.act({ type: 'authenticate', credential: device.get(toSign(visitor), lies) });
