import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { argon2id } from '@countersign/server/node';
import { createTestKit, type TestKit, type Visitor } from '@countersign/server/testing';
import { mandatory, signUp } from '../support/primary.ts';

const addressOf = (name: string) => ({ type: 'email', value: `${name}@example.com` }) as const;

/** Somebody with a phone as second factor, and somebody without one; nobody else is known. */
const begin = async (options: Parameters<typeof createTestKit>[0] = {}): Promise<TestKit> => {
  const settings = { ...mandatory, resetPassword: { identifiers: ['email' as const] } };
  const kit = await createTestKit({ ...options, settings });
  await signUp(kit, kit.visitor(), { identifier: addressOf('ada') });
  await signUp(kit, kit.visitor(), { identifier: addressOf('bob'), until: 'setup-factor' });
  kit.clock.advance(61_000);
  return kit;
};

type Act = (visitor: Visitor, name: string) => Promise<unknown>;

/** What a stranger may ask about an address, by the kind of flow. */
const asked: [kind: 'sign-in' | 'reset-password' | 'recover' | 'sign-up', act: Act][] = [
  [
    'sign-in',
    async (visitor, name) => [
      (await visitor.act({ type: 'identify', identifier: addressOf(name), password: 'not the password' })).body,
      (await visitor.act({ type: 'identify', identifier: addressOf(name) })).body,
      (await visitor.act({ type: 'submit-password', password: 'not the password' })).body,
    ],
  ],
  [
    'recover',
    async (visitor, name) => [
      (await visitor.act({ type: 'identify', identifier: addressOf(name), password: 'not the password' })).body,
      (await visitor.act({ type: 'identify', identifier: addressOf(name) })).body,
      (await visitor.act({ type: 'submit-password', password: 'not the password' })).body,
    ],
  ],
  [
    'reset-password',
    async (visitor, name) => [
      (await visitor.act({ type: 'identify', identifier: addressOf(name) })).body,
      (await visitor.act({ type: 'submit-code', code: '000000' })).body,
      (await visitor.act({ type: 'resend' })).body,
    ],
  ],
  [
    'sign-up',
    async (visitor, name) => [
      (await visitor.act({ type: 'identify', identifier: addressOf(name) })).body,
      (await visitor.act({ type: 'submit-code', code: '000000' })).body,
      (await visitor.act({ type: 'resend' })).body,
    ],
  ],
];

for (const [kind, act] of asked) {
  test(`J6: ${kind}: an address of somebody with a factor, of somebody without one and of nobody get the same answers`, async () => {
    const kit = await begin();
    const seen = async (name: string): Promise<string> => {
      const visitor = kit.visitor();
      await visitor.begin(kind);
      return JSON.stringify(await act(visitor, name))
        .replaceAll(name, 'NAME')
        .replaceAll(/"(id|token)":"[^"]*"/gu, '"$1":""');
    };
    const [holder, bare, nobody] = [await seen('ada'), await seen('bob'), await seen('eve')];
    assert.match(holder, /"status":4\d\d/u);
    assert.deepEqual([bare, nobody], [holder, holder]);
  });
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

/** Milliseconds that a wrong password takes. */
const timesOf = async (kit: TestKit, name: string, samples: number): Promise<number[]> => {
  const times: number[] = [];
  for (let sample = 0; sample < samples; sample += 1) {
    const visitor = kit.visitor();
    await visitor.begin('sign-in');
    const from = performance.now();
    await visitor.act({ type: 'identify', identifier: addressOf(name), password: 'not the password' });
    times.push(performance.now() - from);
  }
  return times;
};

test('J6: a wrong password of somebody and one of nobody take a slow hash each', async (t: TestContext) => {
  const derived: string[] = [];
  const slow = argon2id();
  const slowHash = {
    ...slow,
    derive: (text: string, salt: Uint8Array) => (derived.push(text), slow.derive(text, salt)),
  };
  const kit = await begin({ slowHash });
  const names = ['ada', 'eve'];
  for (const name of names) {
    derived.length = 0;
    const times = await timesOf(kit, name, 6);
    assert.equal(derived.length, 6, name);
    // Printed and not judged: what else the machine does is not ours to say.
    t.diagnostic(`${name === 'eve' ? 'nobody' : 'somebody'}: ${median(times).toFixed(1)} ms in the median of 6`);
  }
});
