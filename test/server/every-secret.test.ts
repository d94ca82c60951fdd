import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestKit, type TestKit, type TestKitOptions } from '@countersign/server/testing';
import { ownAccount } from '../support/account.ts';
import { everyStep, type Scene } from '../support/every-step.ts';
import { ada, goOn, mandatory, signUp } from '../support/primary.ts';

/*
 * Wherever a secret is typed: of wrong ones in a row ten are judged, and whoever types another has to wait, right or
 * wrong. A code that is sent has five tries, so that another is asked for in between.
 */

const minute = 60_000;
const paperCode = 'AAAA-AAAA-AAAA-AAAA';

type Act = Parameters<Scene['visitor']['act']>[0];

const wrongCode = ({ kit, visitor }: Scene): string => {
  const { step } = visitor.flow;
  if ('factor' in step && step.factor === 'backup-codes') return paperCode;
  const isSent = kit.inbox.messages.length > 0;
  return isSent && kit.inbox.code() === '000000' ? '000001' : '000000';
};

/** What is wrong in each action that carries a secret; a step accepts one of them at most. */
const wrongOnes: Record<string, (scene: Scene) => Omit<Act, 'type'>> = {
  'submit-code': (scene) => ({ code: wrongCode(scene) }),
  'submit-password': () => ({ password: 'not it at all' }),
  'submit-pass': () => ({ pass: paperCode }),
  identify: () => ({ identifier: ada, password: 'not it at all' }),
};

const secretOf = ({ visitor }: Scene): string | undefined => {
  const { kind, step } = visitor.flow;
  const { actions } = step;
  const namesOnly = step.name === 'identify' && kind !== 'sign-in';
  return namesOnly ? undefined : Object.keys(wrongOnes).find((type) => actions.includes(type));
};

/** Types wrong ones until something else is said than that it is wrong; gives how many were judged, and what was said. */
const guessOn = async (scene: Scene): Promise<[judged: number, status: number, code: string]> => {
  const { kit, visitor } = scene;
  const type = secretOf(scene) ?? '';
  for (let judged = 0; ; judged += 1) {
    const { status, problem } = await visitor.act({ type, ...wrongOnes[type]?.(scene) });
    if (status === 429 || judged > 20) return [judged, status, problem.code];
    assert.ok([400, 422].includes(status), `${type}: ${status} ${problem.code}`);
    if (problem.attemptsLeft !== 0) continue;
    kit.clock.advance(4 * minute);
    assert.equal((await visitor.act({ type: 'resend' })).status, 200);
  }
};

const blocked = [10, 429, 'session.verification_blocked_too_many_attempts'];

const withoutSecret = [
  'identify',
  'identify to reset the password',
  'identify to recover',
  'set-password',
  'turn-on',
  'choose-factor',
  'choose-factor of those held',
  'blocked',
  'complete',
  'setup-factor sms phone',
  'setup-factor email email',
  'setup-factor passkey register',
  'save-backup-codes backup-codes codes',
  'verify-factor passkey authenticate',
];

for (const [name, reach] of Object.entries(everyStep).filter(([step]) => !withoutSecret.includes(step))) {
  test(`B9: at ${name}, of wrong secrets ten are judged, and the next has to wait [CVE-2026-9798, CVE-2026-8760]`, async () => {
    assert.deepEqual(await guessOn(await reach()), blocked);
  });
}

test('B9: these are all the steps at which a secret is typed', async () => {
  for (const [name, reach] of Object.entries(everyStep)) {
    assert.equal(secretOf(await reach()) === undefined, withoutSecret.includes(name), name);
  }
});

const member = async (settings: TestKitOptions['settings'], until: string): Promise<Scene> => {
  const kit = await createTestKit({ settings: { ...mandatory, ...settings } });
  const visitor = kit.visitor();
  await signUp(kit, visitor, { until });
  return { kit, visitor };
};

const begin = async (kit: TestKit, { visitor }: Scene, request: object): Promise<Scene> => {
  const own = kit.visitor(visitor.fetch);
  assert.equal((await own.begin(request as never)).status, 201);
  return { kit, visitor: own };
};

test('B9: the code that leads to a protected change is guessed at like any other [CVE-2026-27801]', async () => {
  const scene = await member({}, 'complete');
  const { kit, visitor } = scene;
  kit.clock.advance(2 * minute);
  const { factors } = await ownAccount(kit, visitor).read();
  const target = factors.find(({ type }) => type === 'sms')?.id;
  const stepUp = await begin(kit, scene, { kind: 'verify', for: { action: 'remove-factor', target } });
  assert.deepEqual(await guessOn(stepUp), blocked);
  const again = await begin(kit, scene, { kind: 'verify', for: { action: 'remove-factor', target } });
  const { problem } = await again.visitor.act({ type: 'submit-code', code: kit.inbox.code() });
  assert.equal(problem.code, blocked[2], 'nor is the right one judged, in a flow of its own');
});

test('B9: the password that leads to a change of factors is guessed at like any other [CVE-2026-123521]', async () => {
  const policy = { mode: 'optional', prompt: 'sign-in-and-sign-up' } as const;
  const scene = await member({ policy }, 'turn-on');
  await scene.visitor.act({ type: 'skip' });
  const adding = await begin(scene.kit, scene, { kind: 'setup' });
  assert.equal(adding.visitor.flow.step.name, 'enter-password');
  assert.deepEqual(await guessOn(adding), blocked);
});

test('B9, C9: a wrong password sends no code, and whoever asks so for one waits after ten, even with the right one [CVE-2026-43914]', async () => {
  const { kit } = await member({}, 'complete');
  kit.clock.advance(2 * minute);
  const sent = kit.inbox.messages.length;
  const visitor = kit.visitor();
  await visitor.begin('sign-in');
  assert.deepEqual(await guessOn({ kit, visitor }), blocked);
  const signIn = kit.visitor();
  await signIn.begin('sign-in');
  await assert.rejects(goOn(kit, signIn, {}), /verification_blocked_too_many_attempts/u);
  assert.equal(kit.inbox.messages.length, sent);
});
