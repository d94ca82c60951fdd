import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type BeginOptions, createAdministratorKey } from '@countersign/server';
import { createTestKit, type TestKit, type Visitor } from '@countersign/server/testing';
import type { Facts } from '../../packages/server/src/flow/decide.ts';
import { facts, on } from '../support/decisions.ts';
import { adasPhone, signUp } from '../support/primary.ts';
import { type Known, naive, written } from '../support/naive-decision.ts';

// The rules once more, through the whole backend: each way in which a phone can be known, in each setting, for each kind.

type Way = (kit: TestKit, importPhone: (verifiedAt: number | null) => Promise<void>) => Promise<string>;

const told = async (kit: TestKit, verifiedAt?: number): Promise<string> => {
  const { token } = await kit.begin({ kind: 'sign-in', identifiers: [{ ...adasPhone, verifiedAt }] });
  await kit.visitor().claim(token);
  return 'ada';
};

const bySignUp = async (kit: TestKit): Promise<string> => {
  const visitor = kit.visitor();
  await signUp(kit, visitor, { identifier: adasPhone });
  const response = await visitor.fetch(`${kit.base}/session`);
  return ((await response.json()) as { session: { userId: string } }).session.userId;
};

const byBinding = async (kit: TestKit): Promise<string> => {
  const visitor = kit.visitor();
  await visitor.claim((await kit.begin({ kind: 'setup' })).token);
  await visitor.act({ type: 'submit-phone', phone: adasPhone.value });
  await visitor.act({ type: 'submit-code', code: kit.inbox.code() });
  return 'ada';
};

const sms: Known = { id: 'sms', type: 'sms', lastUsedAt: null, source: 'identifier', verifiedAt: 1 };
const unproved: Known = { ...sms, verifiedAt: null };

/** How the backend comes to know a phone, what that means for the rules, and whether it turns 2-step verification on. */
const ways: readonly [title: string, way: Way, known: Known[], mfaEnabled: boolean][] = [
  ['nothing', async () => 'ada', [], false],
  ['a host says so', (kit) => told(kit), [unproved], false],
  ['an administrator says so', async (_kit, enter) => enter(null).then(() => 'ada'), [unproved], false],
  ['a host has proved it', (kit) => told(kit, kit.clock.now()), [sms], false],
  ['an administrator imports it proved', async (kit, enter) => enter(kit.clock.now()).then(() => 'ada'), [sms], false],
  ['by sign-up', bySignUp, [sms], false],
  ['by binding', byBinding, [{ ...sms, source: 'bound' }], true],
];

const configurations = [['sms'], ['sms', 'backup-codes'], ['totp', 'sms'], ['sms', 'totp', 'backup-codes'], ['totp']];
const policies: readonly Facts['policy'][] = [
  { mode: 'mandatory' },
  ...(['sign-in-and-sign-up', 'sign-in', 'never'] as const).map((prompt) => ({ mode: 'optional', prompt }) as const),
];
const kinds = ['sign-in', 'verify', 'setup'] as const;

const situations = configurations.flatMap((factors) =>
  policies.flatMap((policy) => kinds.map((kind) => ({ factors, policy, kind }))),
);

type Told = Parameters<typeof written>[0];

/** What a step of the protocol says, as the word for the decision that led to it. */
const wordFor = ({ flow: { step } }: Visitor): string => {
  const decision =
    step.name === 'verify-factor' ? { step: step.name, factorId: step.factor } : { ...step, step: step.name };
  return written(decision as Told);
};

/** What the rules say once the factors are on; to them backup codes are the codes. */
const expectedFor = (known: Known[], part: Partial<Facts>, types: string[]): string => {
  const usable = known.filter(({ type }) => types.includes(type));
  const configured = on(...types.map((type) => (type === 'backup-codes' ? 'codes' : type)));
  return naive(facts({ ...part, configured, usable }), usable);
};

const { key, keyHash } = await createAdministratorKey();
const administrators = [{ keyHash, scopes: ['users:write', 'settings'] as const, expiresAt: null }];

/** Somebody signs up, or is made known, before the settings are as they are then. */
const begin = async () => {
  const policy = { mode: 'optional', prompt: 'never' } as const;
  const kit = await createTestKit({ administrators, settings: { policy, signUp: { identifiers: ['phone'] } } });
  const send = async (method: string, path: string, body: object): Promise<void> => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` };
    const response = await kit.browser()(`${kit.base}/admin${path}`, { method, headers, body: JSON.stringify(body) });
    assert.ok(response.ok, await response.text());
  };
  const importPhone = (verifiedAt: number | null): Promise<void> => {
    const time = verifiedAt === null ? null : new Date(verifiedAt).toISOString();
    return send('POST', '/users/ada/factors', { type: 'sms', phone: adasPhone.value, verifiedAt: time });
  };
  return { kit, send, importPhone };
};

const enter = async (kit: TestKit, begun: Partial<BeginOptions>): Promise<Visitor> => {
  const visitor = kit.visitor();
  await visitor.claim((await kit.begin(begun)).token);
  return visitor;
};

for (const [title, way, known, mfaEnabled] of ways) {
  test(`D3: what is asked of a user whose phone is known so: ${title} [CVE-2024-45042]`, async (t) => {
    for (const { factors, policy, kind } of situations) {
      const { kit, send, importPhone } = await begin();
      const userId = await way(kit, importPhone);
      await send('PUT', '/settings', { appName: 'Acme', factors, policy });
      const actual = wordFor(await enter(kit, { kind, userId }));
      const expected = expectedFor(known, { kind, policy, mfaEnabled }, factors);
      assert.equal(actual, expected, JSON.stringify({ factors, policy, kind }));
    }
    t.diagnostic(`${situations.length} rows`);
  });
}
