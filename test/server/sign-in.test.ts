import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inPage } from '@countersign/server';
import { createTestKit, createVisitor, type TestKit, type Visitor } from '@countersign/server/testing';
import { ada, adasPhone, mandatory, password, signUp } from '../support/primary.ts';

const begun = async (kit: TestKit, visitor = kit.visitor()): Promise<Visitor> => {
  await visitor.begin('sign-in');
  return visitor;
};

const guess = async (visitor: Visitor, typed: string, identifier: object = ada) => {
  const { status, problem } = await visitor.act({ type: 'identify', identifier, password: typed });
  return [status, problem.code];
};

const invalid = [422, 'session.invalid_credentials'];
const blocked = [429, 'session.verification_blocked_too_many_attempts'];

test('the password may come with the address or after it', async () => {
  const kit = await createTestKit({ settings: mandatory });
  await signUp(kit, kit.visitor(), { identifier: ada });
  const visitor = await begun(kit);
  await visitor.act({ type: 'identify', identifier: ada });
  const { step } = visitor.flow;
  assert.ok(step.name === 'enter-password');
  assert.deepEqual(step.identifier, ada);
  assert.equal((await visitor.act({ type: 'submit-password', password: 'wrong password' })).status, 422);
  assert.equal((await visitor.act({ type: 'submit-password', password })).flow.step.name, 'verify-factor');
});

test('an address is the same however it is written, and so is a password', async () => {
  const kit = await createTestKit({ settings: { ...mandatory, policy: { mode: 'optional', prompt: 'never' } } });
  await signUp(kit, kit.visitor(), { identifier: ada });
  const visitor = await begun(kit);
  const identifier = { type: 'email', value: ' Ada@EXAMPLE.com ' };
  const fullWidth = password.replace('9', '\uff19');
  assert.equal((await visitor.act({ type: 'identify', identifier, password: fullWidth })).flow.step.name, 'complete');
});

test('J6: a wrong password and an unknown user get the same answer, at every step', async () => {
  const kit = await createTestKit({ settings: mandatory });
  await signUp(kit, kit.visitor(), { identifier: ada });
  const unknown = { type: 'email', value: 'nobody@example.com' } as const;
  const answers = await Promise.all(
    [ada, unknown].map(async (identifier) => {
      const visitor = await begun(kit);
      const wrong = await visitor.act({ type: 'identify', identifier, password: 'wrong password' });
      await visitor.act({ type: 'identify', identifier });
      const { id: _id, ...step } = visitor.flow.step;
      const later = await visitor.act({ type: 'submit-password', password: 'wrong password' });
      return JSON.stringify([wrong.status, wrong.problem.code, step, later.status, later.problem.code]);
    }),
  );
  assert.equal(answers[0]?.replace(ada.value, unknown.value), answers[1]);
});

test('after ten failures for an address from one network the next waits, twice as long each time', async () => {
  const kit = await createTestKit({ settings: mandatory });
  await signUp(kit, kit.visitor(), { identifier: ada });
  const visitor = await begun(kit);
  for (let tries = 0; tries < 10; tries += 1) assert.deepEqual(await guess(visitor, `guess ${tries}`), invalid);
  assert.deepEqual(await guess(visitor, password), blocked, 'the right one too');
  const waits: number[] = [];
  for (let round = 0; round < 4; round += 1) {
    const { problem } = await visitor.act({ type: 'identify', identifier: ada, password: 'one more' });
    const { retryAfter = 0 } = problem;
    waits.push(retryAfter);
    kit.clock.advance(retryAfter * 1000);
    const later = await begun(kit);
    assert.deepEqual(await guess(later, 'one more'), invalid);
    await visitor.begin('sign-in');
  }
  assert.deepEqual(waits, [60, 120, 240, 480]);
});

test('N7: a guess sent again because its answer got lost is judged again and counted once', async () => {
  const kit = await createTestKit({ settings: mandatory });
  await signUp(kit, kit.visitor(), { identifier: ada });
  const visitor = await begun(kit);
  const action = { type: 'identify', identifier: ada, password: 'wrong password', id: visitor.newId() };
  for (let sent = 0; sent < 30; sent += 1) assert.equal((await visitor.act(action)).status, 422);
  for (let tries = 1; tries < 10; tries += 1) {
    const { status } = await visitor.act({ ...action, password: `guess ${tries}` });
    assert.equal(status, 422, 'another guess under the same id is another try');
  }
  assert.deepEqual(await guess(visitor, password), blocked);
});

test('many guesses at once are no more than one after the other', async () => {
  const kit = await createTestKit({ settings: mandatory });
  await signUp(kit, kit.visitor(), { identifier: ada });
  const visitors = await Promise.all(Array.from({ length: 40 }, () => begun(kit)));
  const answers = await Promise.all(visitors.map((visitor, place) => guess(visitor, `guess ${place}`)));
  assert.equal(answers.filter(([status]) => status === 422).length, 10);
  assert.equal(answers.filter(([status]) => status === 429).length, 30);
});

test('a stranger on another network locks nobody out', async () => {
  const kit = await createTestKit({ settings: mandatory });
  await signUp(kit, kit.visitor(), { identifier: ada });
  const from = (address: string) => {
    const { origin } = kit;
    const fetcher: typeof fetch = async (input, init) => {
      const peer = { address, origin: null, fetchSite: null, cookies: new Map<string, string>() };
      return (await kit.backend.handle(new Request(input, init), peer)).response;
    };
    return createVisitor(fetcher, `${origin}/api/v1`, (size) => crypto.getRandomValues(new Uint8Array(size)));
  };
  const stranger = await begun(kit, from('2001:db8::1'));
  for (let tries = 0; tries < 10; tries += 1) assert.deepEqual(await guess(stranger, `guess ${tries}`), invalid);
  const neighbour = await begun(kit, from('2001:db8::ffff:1'));
  assert.deepEqual(await guess(neighbour, password), blocked, 'the same /64');
  const owner = await begun(kit, from('2001:db8:1::1'));
  await owner.act({ type: 'identify', identifier: ada, password });
  assert.equal(owner.flow.step.name, 'verify-factor');
});

test('a right password takes its failures back', async () => {
  const kit = await createTestKit({ settings: mandatory });
  await signUp(kit, kit.visitor(), { identifier: ada });
  for (let round = 0; round < 3; round += 1) {
    const visitor = await begun(kit);
    for (let tries = 0; tries < 9; tries += 1) assert.deepEqual(await guess(visitor, `guess ${tries}`), invalid);
    await visitor.act({ type: 'identify', identifier: ada, password });
    assert.equal(visitor.flow.step.name, 'verify-factor');
  }
});

test('a session begins where no browser is, with a bearer token, and ends when it is told to', async () => {
  const kit = await createTestKit({ settings: mandatory });
  const program: typeof fetch = async (input, init) => {
    const peer = { address: '192.0.2.1', origin: null, fetchSite: null, cookies: new Map<string, string>() };
    return (await kit.backend.handle(new Request(input, init), peer)).response;
  };
  const visitor = kit.visitor(program);
  await signUp(kit, visitor, { identifier: adasPhone });
  const { step } = visitor.flow;
  assert.ok(step.name === 'complete' && step.result.type === 'session');
  const headers = { authorization: `Bearer ${step.result.token}` };
  const who = await program(`${kit.base}/session`, { headers });
  const { session } = (await who.json()) as { session: { identifiers: unknown; amr: unknown } };
  assert.deepEqual(session.identifiers, [adasPhone]);
  assert.deepEqual(session.amr, ['pwd', 'sms', 'otp', 'mfa']);
  assert.equal((await program(`${kit.base}/session`, { method: 'DELETE', headers })).status, 204);
  assert.equal((await program(`${kit.base}/session`, { headers })).status, 401);
});

test('a lost answer to the last action is given again, with the same session', async () => {
  const kit = await createTestKit({ settings: mandatory });
  const browser = inPage(kit.backend, { origin: kit.origin });
  const visitor = kit.visitor(browser);
  await signUp(kit, visitor, { identifier: adasPhone, until: 'save-backup-codes' });
  const action = { type: 'acknowledge', id: visitor.newId(), step: visitor.flow.step.id };
  const first = await visitor.act(action);
  const again = await visitor.act(action);
  assert.deepEqual(again.body, first.body);
  assert.equal((await browser(`${kit.base}/session`)).status, 200);
  kit.clock.advance(61_000);
  assert.equal((await visitor.look()).problem.code, 'flow.expired');
});

test('a session lasts as long as the settings say, whatever is done with it', async () => {
  const kit = await createTestKit({ settings: { ...mandatory, sessions: { lifeHours: 2 } } });
  const visitor = kit.visitor();
  await signUp(kit, visitor, { identifier: adasPhone });
  kit.clock.advance(2 * 3600_000 - 1);
  assert.equal((await visitor.fetch(`${kit.base}/session`)).status, 200);
  kit.clock.advance(1);
  assert.equal((await visitor.fetch(`${kit.base}/session`)).status, 401);
});
