import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createClient, type Purpose } from '@countersign/client';
import { type AccountReply, createAccount } from '@countersign/client/account';
import { sms } from '@countersign/factors/sms/client';
import { createTestKit, drive, type TestKit } from '@countersign/server/testing';
import { mandatory } from '../support/primary.ts';

const settings = { ...mandatory, trustedDevices: { days: 30 } };

const begin = async () => {
  const kit = await createTestKit({ settings });
  const { fetch } = await drive(kit).signUp();
  kit.clock.advance(61_000);
  return { kit, fetch, account: createAccount({ base: kit.base, fetch }) };
};

const clientOf = (kit: TestKit, fetcher: typeof fetch, purpose: Purpose) =>
  createClient({
    factors: [sms()],
    kind: 'for' in purpose ? 'verify' : 'setup',
    purpose,
    base: kit.base,
    fetch: fetcher,
    storage: null,
    channel: null,
    now: kit.clock.now,
    sleep: async () => {},
  });

/** Steps up by the code from the phone, as the page would. */
const stepUp = async (kit: TestKit, fetcher: typeof fetch, purpose: Purpose): Promise<string> => {
  const client = clientOf(kit, fetcher, purpose);
  await client.start();
  const state = await client.act({ type: 'submit-code', code: kit.inbox.code() });
  kit.clock.advance(61_000);
  assert.ok(state.name === 'complete' && state.view.flow.step.name === 'complete');
  const { result } = state.view.flow.step;
  return result.type === 'step-up' ? result.token : '';
};

const valueOf = <T>(reply: AccountReply<T>): T => {
  assert.ok(reply.ok, JSON.stringify(reply));
  return reply.value;
};

const problemOf = (reply: AccountReply<unknown>) => (reply.ok ? 'none' : (reply.problem?.code ?? null));

test('an account is read and changed, each change with the step-up that a client of its own got', async () => {
  const { kit, fetch, account } = await begin();
  const { userId, factors } = valueOf(await account.read());
  const [phone, codes] = factors.map(({ id }) => id);
  assert.ok(phone && codes);
  const leave = (action: 'rename-factor' | 'set-default' | 'remove-factor', target: string) =>
    stepUp(kit, fetch, { for: { action, target } });
  const renamed = valueOf(await account.rename(phone, 'Work', await leave('rename-factor', phone)));
  assert.equal(renamed.factors[0]?.name, 'Work');
  const preferred = valueOf(await account.setDefault(phone, await leave('set-default', phone)));
  assert.equal(preferred.factors[0]?.isDefault, true);
  const fewer = valueOf(await account.remove(codes, await leave('remove-factor', codes)));
  assert.deepEqual(
    fewer.factors.map(({ id }) => id),
    [phone],
  );
  const everything = valueOf(
    await account.export(await stepUp(kit, fetch, { for: { action: 'export', target: userId } })),
  );
  assert.equal(everything.factors[0]?.address, '+31687654321');
});

test('a browser is trusted no longer once its owner says so', async () => {
  const { kit, account, fetch } = await begin();
  const other = kit.visitor();
  await other.begin('sign-in');
  await other.act({
    type: 'identify',
    identifier: { type: 'email', value: 'ada@example.com' },
    password: 'correct horse 9 battery',
  });
  await other.act({ type: 'submit-code', code: kit.inbox.code(), trust: true });
  kit.clock.advance(61_000);
  const [device] = valueOf(await account.read()).devices;
  assert.ok(device);
  const leave = await stepUp(kit, fetch, { for: { action: 'forget-device', target: device.id } });
  assert.deepEqual(valueOf(await account.forgetDevice(device.id, leave)).devices, []);
});

test('a setup that a client begins in a session names its factor and the one that it replaces', async () => {
  const { kit, fetch, account } = await begin();
  const id = valueOf(await account.read()).factors[0]?.id ?? '';
  const client = clientOf(kit, fetch, { factor: 'sms', replaces: id });
  await client.start();
  await client.act({ type: 'submit-code', code: kit.inbox.code() });
  await client.act({ type: 'submit-phone', phone: '+31612345678' });
  const state = await client.act({ type: 'submit-code', code: kit.inbox.code('+31612345678') });
  assert.equal(state.name, 'complete');
  const phones = valueOf(await account.read()).factors.filter(({ type }) => type === 'sms');
  assert.deepEqual(
    phones.map(({ target }) => target),
    ['•••• 78'],
  );
});

test('a step-up for one change does not go on with that for another', async () => {
  const { kit, fetch, account } = await begin();
  const [phone, codes] = valueOf(await account.read()).factors;
  const items = new Map<string, string>();
  const storage = {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  };
  const flowFor = async (target: string): Promise<string> => {
    const state = await createClient({
      factors: [sms()],
      kind: 'verify',
      purpose: { for: { action: 'remove-factor', target } },
      base: kit.base,
      fetch,
      storage,
      channel: null,
    }).start();
    return state.name === 'ready' ? state.view.flow.id : state.name;
  };
  const first = await flowFor(phone?.id ?? '');
  assert.equal(await flowFor(phone?.id ?? ''), first);
  assert.notEqual(await flowFor(codes?.id ?? ''), first);
});

test('refusals come as problems, and what is no answer of the server as none', async () => {
  const { kit, account } = await begin();
  const id = valueOf(await account.read()).factors[0]?.id ?? '';
  assert.equal(problemOf(await account.remove(id, '')), 'session.step_up_required');
  assert.equal(problemOf(await account.remove('fac_unknown', 'x')), 'account.not_found');
  const stranger = createAccount({ base: kit.base, fetch: kit.browser() });
  assert.equal(problemOf(await stranger.read()), 'session.not_found');
  for (const answer of ['null', '{}', '{"account":{}}', '<html>']) {
    const elsewhere = createAccount({ base: kit.base, fetch: async () => new Response(answer) });
    assert.equal(problemOf(await elsewhere.read()), null, answer);
  }
  const offline = createAccount({ base: kit.base, fetch: () => Promise.reject(new TypeError('no network')) });
  assert.equal(problemOf(await offline.read()), null);
});

test('a token stands in for the cookie', async () => {
  const { kit } = await begin();
  const seen: (string | null)[] = [];
  const spy: typeof fetch = async (input, init) => {
    seen.push(new Request(input, init).headers.get('authorization'));
    return Response.json({});
  };
  await createAccount({ base: kit.base, token: 'abc', fetch: spy }).read();
  assert.deepEqual(seen, ['Bearer abc']);
});
