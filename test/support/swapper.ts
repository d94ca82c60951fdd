import assert from 'node:assert/strict';
import type { TestKit, Visitor } from '@countersign/server/testing';
import { goOn } from './primary.ts';

/** Takes the other way that a list offers by text message, and enters the code that comes. */
export const chooseText = async (kit: TestKit, visitor: Visitor): Promise<void> => {
  await visitor.act({ type: 'switch' });
  const { step } = visitor.flow;
  assert.ok(step.name === 'choose-factor');
  await visitor.act({ type: 'choose', factorId: step.held.find(({ type }) => type === 'sms')?.id });
  await visitor.act({ type: 'submit-code', code: kit.inbox.code() });
};

/** Whoever has the password and the number signs in with them. */
export const swapper = async (kit: TestKit): Promise<Visitor> => {
  const visitor = kit.visitor();
  await visitor.begin('sign-in');
  await goOn(kit, visitor, { until: 'verify-factor' });
  await chooseText(kit, visitor);
  assert.equal(visitor.flow.step.name, 'complete');
  kit.clock.advance(61_000);
  return visitor;
};
