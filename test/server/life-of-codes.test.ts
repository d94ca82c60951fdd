import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestKit, type Reply } from '@countersign/server/testing';
import { everyStep, type Scene } from '../support/every-step.ts';
import { ada, goOn, signUp } from '../support/primary.ts';

const life = 5 * 60_000;

const reset = async (): Promise<Scene> => {
  const identifiers = ['email' as const];
  const kit = await createTestKit({ settings: { signUp: { identifiers }, resetPassword: { identifiers } } });
  await signUp(kit, kit.visitor(), {});
  kit.clock.advance(life);
  const visitor = kit.visitor();
  await visitor.begin('reset-password');
  await goOn(kit, visitor, { identifier: ada, until: 'enter-code' });
  return { kit, visitor };
};

const sent = Object.entries({ ...everyStep, 'enter-code of a reset': reset }).filter(([name]) =>
  /^enter-code|(?:sms|email) code$/u.test(name),
);

/** The right code, so many milliseconds after it was sent. */
const submitAfter = async (reach: () => Promise<Scene>, wait: number): Promise<Reply> => {
  const { kit, visitor } = await reach();
  kit.clock.advance(wait);
  return visitor.act({ type: 'submit-code', code: kit.inbox.code() });
};

for (const [name, reach] of sent) {
  test(`A2: the code of ${name} is good for the five minutes of the setting, and no longer [CVE-2026-52809]`, async () => {
    assert.equal((await submitAfter(reach, life - 1)).status, 200);
    const late = await submitAfter(reach, life);
    assert.deepEqual([late.status, late.problem.code], [400, 'verification_code.expired']);
  });
}

test('the codes above are of six kinds', () => {
  assert.equal(sent.length, 6);
});
