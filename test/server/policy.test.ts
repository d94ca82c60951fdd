import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestKit } from '@countersign/server/testing';
import { ada, mandatory, signIn, signUp } from '../support/primary.ts';

const never = { ...mandatory, policy: { mode: 'optional', prompt: 'never' } } as const;

test('an optional policy becomes mandatory on its day, for those who are in the middle of setting up too', async () => {
  const mandatoryFrom = '2026-11-24T10:45:00Z';
  const policy = { mode: 'optional', prompt: 'sign-in-and-sign-up', mandatoryFrom } as const;
  const kit = await createTestKit({ settings: { ...mandatory, policy } });
  const early = kit.visitor();
  await signUp(kit, early, { identifier: ada, until: 'turn-on' });
  await early.act({ type: 'turn-on' });
  assert.ok(early.flow.step.actions.includes('skip'));
  kit.clock.advance(3 * 60_000);
  assert.ok(!(await early.look()).flow.step.actions.includes('skip'));
  assert.equal((await early.act({ type: 'skip' })).problem.code, 'flow.action_not_accepted');
  const late = await signIn(kit, kit.visitor(), { identifier: ada, until: 'setup-factor' });
  assert.deepEqual(late, ['identify', 'setup-factor']);
});

test('a hook decides for one user, and the settings for the others', async () => {
  const chosen = new Set<string>();
  const kit = await createTestKit({
    settings: never,
    policyFor: ({ userId }) => (chosen.has(userId) ? { mode: 'mandatory' } : null),
  });
  const visitor = kit.visitor();
  assert.equal((await signUp(kit, visitor, { identifier: ada })).at(-1), 'complete');
  const answer = await visitor.fetch(`${kit.base}/session`);
  const { session } = (await answer.json()) as { session: { userId: string } };
  chosen.add(session.userId);
  const again = await signIn(kit, kit.visitor(), { identifier: ada, until: 'setup-factor' });
  assert.deepEqual(again, ['identify', 'setup-factor']);
});

test('a hook that fails leaves no door open, and is reported', async () => {
  const reported: unknown[] = [];
  const kit = await createTestKit({
    settings: never,
    policyFor: () => Promise.reject(new Error('the directory is down')),
    report: (error) => reported.push(error),
  });
  const steps = await signUp(kit, kit.visitor(), { identifier: ada, until: 'setup-factor' });
  assert.equal(steps.at(-1), 'setup-factor');
  assert.match(String(reported[0]), /the directory is down/u);
});

test('a hook is asked once for a step, however often the rules want to know', async () => {
  const asked: string[] = [];
  const policyFor = ({ userId }: { userId: string }) => {
    asked.push(userId);
    return null;
  };
  const kit = await createTestKit({ settings: never, policyFor });
  await signUp(kit, kit.visitor(), { identifier: ada });
  asked.length = 0;
  assert.deepEqual(await signIn(kit, kit.visitor(), { identifier: ada }), ['identify', 'complete']);
  assert.equal(asked.length, 1);
});

test('a hook that hangs leaves no door open either, holds a step up twice at most, and is reported', async () => {
  const reported: unknown[] = [];
  const chosen = { hang: false };
  const kit = await createTestKit({
    settings: never,
    policyFor: () => (chosen.hang ? new Promise(() => {}) : null),
    policyTimeout: 20,
    report: (error) => reported.push(error),
  });
  await signUp(kit, kit.visitor(), { identifier: ada });
  chosen.hang = true;
  const visitor = kit.visitor();
  const steps = await signIn(kit, visitor, { identifier: ada, until: 'setup-factor' });
  assert.deepEqual(steps, ['identify', 'setup-factor']);
  assert.ok(!visitor.flow.step.actions.includes('skip'));
  assert.match(String(reported[0]), /policyFor took too long/u);
  // Once to act, and once to show what came of it.
  assert.equal(reported.length, 2);
});

test('a day that is none is refused with its path', async () => {
  const policy = { mode: 'optional', prompt: 'never', mandatoryFrom: 'soon' } as const;
  await assert.rejects(
    createTestKit({ settings: { ...mandatory, policy } }),
    /^ConfigurationError: settings\.policy\.mandatoryFrom: /u,
  );
});
