import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestKit, type TestKit, type Visitor } from '@countersign/server/testing';
import { ownAccount } from '../support/account.ts';
import { ada, goOn, mandatory, password, signIn, signUp } from '../support/primary.ts';
import { kitOn, stores } from '../support/stores.ts';

const hour = 3600_000;
const why = { actor: 'Grace, help desk', reason: 'phone in the canal, seen with passport' };

const member = async (kit: TestKit): Promise<string> => {
  const visitor = kit.visitor();
  await signUp(kit, visitor, {});
  kit.clock.advance(61_000);
  return (await ownAccount(kit, visitor).read()).userId;
};

const toPass = async (kit: TestKit): Promise<Visitor> => {
  const visitor = kit.visitor();
  await visitor.begin('recover');
  await goOn(kit, visitor, { until: 'enter-pass' });
  return visitor;
};

test('E10: a pass lets its user set up a new factor after the password, and nothing before that signs in', async () => {
  const kit = await createTestKit({ settings: mandatory });
  const userId = await member(kit);
  const { pass } = await kit.backend.users.issuePass(userId, why);
  assert.match(kit.inbox.messages.at(-1)?.text ?? '', /pass to recover/u);
  const visitor = await toPass(kit);
  await visitor.act({ type: 'submit-pass', pass });
  assert.equal(visitor.flow.step.name, 'setup-factor');
  assert.ok(!visitor.flow.step.actions.includes('skip'));
  assert.equal((await ownAccount(kit, visitor).send('GET', '/account')).status, 401);
  await goOn(kit, visitor, { phone: '+31612345678' });
  const { factors } = await ownAccount(kit, visitor).read();
  assert.ok(factors.some(({ target }) => target === '•••• 78'));
  kit.clock.advance(61_000);
  const again = kit.visitor();
  assert.deepEqual((await signIn(kit, again, { until: 'choose-factor' })).at(-1), 'choose-factor');
});

test('E6, E7: a factor that is set up with a pass ends every session and every sign-in, and its owner is told once', async () => {
  const kit = await createTestKit({ settings: mandatory });
  const signedIn = kit.visitor();
  await signUp(kit, signedIn, {});
  kit.clock.advance(61_000);
  const half = kit.visitor();
  await signIn(kit, half, { until: 'verify-factor' });
  const { userId } = await ownAccount(kit, signedIn).read();
  const { pass } = await kit.backend.users.issuePass(userId, why);
  const visitor = await toPass(kit);
  await visitor.act({ type: 'submit-pass', pass });
  await goOn(kit, visitor, { phone: '+31612345678' });
  assert.equal((await ownAccount(kit, visitor).read()).userId, userId);
  assert.equal((await ownAccount(kit, signedIn).send('GET', '/account')).status, 401);
  assert.equal((await half.look()).problem.code, 'flow.expired');
  const notices = kit.inbox.messages.filter(({ text }) => /A way to verify was added/u.test(text));
  assert.deepEqual(
    notices.map(({ to }) => to),
    [ada.value],
  );
});

test('E10: a pass serves once, for its user, until its time is over, and forgives how it is typed', async () => {
  const kit = await createTestKit({ settings: mandatory });
  const userId = await member(kit);
  const { pass } = await kit.backend.users.issuePass(userId, { ...why, hours: 1 });
  const first = await toPass(kit);
  const refused = await first.act({ type: 'submit-pass', pass: '0000-0000-0000-0000' });
  assert.deepEqual([refused.status, refused.problem.code], [422, 'session.invalid_recovery_pass']);
  assert.equal((await first.act({ type: 'submit-pass', pass: pass.toLowerCase().replaceAll('-', ' ') })).status, 200);
  const second = await toPass(kit);
  assert.equal((await second.act({ type: 'submit-pass', pass })).status, 422);

  const late = await kit.backend.users.issuePass(userId, { ...why, hours: 1 });
  kit.clock.advance(hour);
  assert.equal((await (await toPass(kit)).act({ type: 'submit-pass', pass: late.pass })).status, 422);

  const eve = { identifier: { type: 'email', value: 'eve@example.com' }, phone: '+31612345678' } as const;
  await signUp(kit, kit.visitor(), eve);
  const adas = await kit.backend.users.issuePass(userId, why);
  const visitor = kit.visitor();
  await visitor.begin('recover');
  await goOn(kit, visitor, { ...eve, until: 'enter-pass' });
  assert.equal((await visitor.act({ type: 'submit-pass', pass: adas.pass })).status, 422);
});

test('E10: a pass is no way around the password, and guesses at it are counted', async () => {
  const kit = await createTestKit({ settings: mandatory });
  await member(kit);
  const visitor = kit.visitor();
  await visitor.begin('recover');
  const wrong = await visitor.act({ type: 'identify', identifier: ada, password: `${password}!` });
  assert.equal(wrong.status, 422);
  const guessing = await toPass(kit);
  const answers = [];
  for (let i = 0; i < 12; i += 1)
    answers.push(await guessing.act({ type: 'submit-pass', pass: `0000-0000-0000-00${10 + i}` }));
  assert.deepEqual(answers.map(({ status }) => status).slice(-2), [429, 429]);
});

test('a pass needs an actor and a reason, at most eight hours, and a user who is known', async () => {
  const kit = await createTestKit({ settings: mandatory });
  const userId = await member(kit);
  const issue = (request: object, id = userId) => kit.backend.users.issuePass(id, request as typeof why);
  await assert.rejects(issue({ actor: 'Grace' }), { code: 'guard.invalid_input', details: { path: 'reason' } });
  await assert.rejects(issue({ ...why, hours: 9 }), { code: 'guard.invalid_input', details: { path: 'hours' } });
  await assert.rejects(issue(why, 'nobody'), { code: 'account.not_found' });
});

for (const [name, open] of stores) {
  test(`of five uses of one pass at the same moment one succeeds (${name})`, async () => {
    const kit = await kitOn(open, { settings: mandatory });
    const { pass } = await kit.backend.users.issuePass(await member(kit), why);
    const visitors: Visitor[] = [];
    for (let i = 0; i < 5; i += 1) visitors.push(await toPass(kit));
    const answers = await Promise.all(visitors.map((visitor) => visitor.act({ type: 'submit-pass', pass })));
    assert.equal(answers.filter(({ status }) => status === 200).length, 1);
  });
}
