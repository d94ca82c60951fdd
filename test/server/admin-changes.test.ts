import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestKit, Visitor } from '@countersign/server/testing';
import { ownAccount } from '../support/account.ts';
import { type Administered, administeredOn } from '../support/administered.ts';
import { ada, adasPhone, goOn, mandatory, signIn, signUp } from '../support/primary.ts';
import { stores } from '../support/stores.ts';

const settings = { ...mandatory, trustedDevices: { days: 30 } };

interface Member extends Administered {
  visitor: Visitor;
  userId: string;
}

const factorOf = async ({ call, userId }: Member, type: string): Promise<string> => {
  const { body } = await call(`GET /users/${userId}/factors`);
  return (body['factors'] as { id: string; type: string }[]).find((factor) => factor.type === type)?.id ?? 'none';
};

/** A browser that is signed in and trusted, and another one that is in the middle of signing in. */
const everywhere = async (kit: TestKit) => {
  const trusted = kit.visitor();
  await signIn(kit, trusted, { until: 'verify-factor' });
  await trusted.act({ type: 'submit-code', code: kit.inbox.code(), trust: true });
  kit.clock.advance(61_000);
  const half = kit.visitor();
  await signIn(kit, half, { until: 'verify-factor' });
  return { trusted, half };
};

const isOutEverywhere = async (kit: TestKit, { trusted, half }: { trusted: Visitor; half: Visitor }): Promise<void> => {
  assert.equal((await ownAccount(kit, trusted).send('GET', '/account')).status, 401);
  assert.equal((await half.look()).problem.code, 'flow.expired');
  const names = await signIn(kit, kit.visitor(trusted.fetch), { until: 'verify-factor' });
  assert.deepEqual(names, ['identify', 'verify-factor'], 'no longer trusted');
};

for (const [name, open] of stores) {
  const member = async (person: Parameters<typeof signUp>[2] = {}): Promise<Member> => {
    const administered = await administeredOn(open, { settings, scopes: ['users:read', 'users:write'] });
    const { kit } = administered;
    const visitor = kit.visitor();
    await signUp(kit, visitor, person);
    kit.clock.advance(61_000);
    const { userId } = await ownAccount(kit, visitor).read();
    return { ...administered, visitor, userId };
  };

  test(`${name}: E6, E7: a factor that an administrator takes away signs its owner out everywhere, who is told elsewhere`, async () => {
    const known = await member();
    const { kit, call, userId } = known;
    const places = await everywhere(kit);
    const before = kit.inbox.messages.length;
    await call(`DELETE /users/${userId}/factors/${await factorOf(known, 'backup-codes')}`);
    const notices = kit.inbox.messages.slice(before);
    assert.deepEqual(
      notices.map(({ to }) => to),
      [ada.value],
    );
    assert.match(notices[0]?.text ?? '', /A way to verify was removed/u);
    await isOutEverywhere(kit, places);
  });

  test(`${name}: E6, E7: an imported factor signs its owner out everywhere, who is told elsewhere`, async () => {
    const { kit, call, userId } = await member();
    const places = await everywhere(kit);
    const before = kit.inbox.messages.length;
    const verifiedAt = new Date(kit.clock.now()).toISOString();
    const { status } = await call(`POST /users/${userId}/factors`, { type: 'sms', phone: adasPhone.value, verifiedAt });
    assert.equal(status, 201);
    const notices = kit.inbox.messages.slice(before);
    assert.deepEqual(
      notices.map(({ to }) => to),
      [ada.value],
    );
    assert.match(notices[0]?.text ?? '', /A way to verify was added/u);
    await isOutEverywhere(kit, places);
  });

  test(`${name}: an import sends nothing to the very address that it brings`, async () => {
    const { kit, call } = await member();
    const before = kit.inbox.messages.length;
    const verifiedAt = new Date(kit.clock.now()).toISOString();
    const { status } = await call('POST /users/grace/factors', { type: 'sms', phone: adasPhone.value, verifiedAt });
    assert.deepEqual([status, kit.inbox.messages.length], [201, before]);
  });

  test(`${name}: a number that an administrator takes away is no factor again because it names its owner`, async () => {
    const known = await member({ identifier: adasPhone });
    const { kit, call, userId } = known;
    await call(`DELETE /users/${userId}/factors/${await factorOf(known, 'sms')}`);
    await call(`DELETE /users/${userId}/factors/${await factorOf(known, 'backup-codes')}`);
    const names = await signIn(kit, kit.visitor(), { identifier: adasPhone, until: 'setup-factor' });
    assert.deepEqual(names, ['identify', 'setup-factor']);
  });

  test(`${name}: unlocking ends the wait after failures at recovery passes`, async () => {
    const { kit, call, userId } = await member();
    const visitor = kit.visitor();
    await visitor.begin('recover');
    await goOn(kit, visitor, { until: 'enter-pass' });
    const wrong = async () => (await visitor.act({ type: 'submit-pass', pass: '0000-0000-0000-0000' })).problem.code;
    for (let i = 0; i < 10; i += 1) assert.equal(await wrong(), 'session.invalid_recovery_pass');
    assert.equal(await wrong(), 'session.verification_blocked_too_many_attempts');
    assert.equal((await call(`POST /users/${userId}/unlock`)).status, 204);
    assert.equal(await wrong(), 'session.invalid_recovery_pass');
  });
}
