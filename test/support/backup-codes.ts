import assert from 'node:assert/strict';
import type { Identifier } from '@countersign/core/identifier';
import type { Reply, TestKit, Visitor } from '@countersign/server/testing';
import { adasPhone, signIn, signUp } from './primary.ts';

/** The codes that the step shows. */
export const shownCodes = (visitor: Visitor): string[] => {
  const { step } = visitor.flow;
  assert.equal(step.name, 'save-backup-codes');
  assert.ok('codes' in step && Array.isArray(step.codes));
  return step.codes.map(String);
};

/** Signs up and gives the ten codes. */
export const saveCodes = async (kit: TestKit, identifier: Identifier = adasPhone): Promise<string[]> => {
  const visitor = kit.visitor();
  await signUp(kit, visitor, { identifier, until: 'save-backup-codes' });
  const codes = shownCodes(visitor);
  await visitor.act({ type: 'acknowledge' });
  kit.clock.advance(60_000);
  return codes;
};

/** Signs in up to the field for a backup code. */
export const atBackupCode = async (kit: TestKit, identifier: Identifier = adasPhone): Promise<Visitor> => {
  const visitor = kit.visitor();
  await signIn(kit, visitor, { identifier, until: 'verify-factor' });
  await visitor.act({ type: 'switch' });
  const { step } = visitor.flow;
  assert.ok(step.name === 'choose-factor');
  const last = step.held.at(-1);
  assert.equal(last?.type, 'backup-codes', 'backup codes come last');
  await visitor.act({ type: 'choose', factorId: last.id });
  return visitor;
};

/** Signs in with a backup code. */
export const use = async (kit: TestKit, code: string): Promise<Reply> =>
  (await atBackupCode(kit)).act({ type: 'submit-code', code });
