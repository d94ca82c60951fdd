import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AuditEvent } from '@countersign/server';
import type { TestKit, TestKitOptions, Visitor } from '@countersign/server/testing';
import type { Scope } from '../../packages/server/src/http/administrator.ts';
import { ownAccount } from '../support/account.ts';
import { type Administered, administeredOn } from '../support/administered.ts';
import { ada, goOn, mandatory, password, signIn, signUp } from '../support/primary.ts';
import { stores } from '../support/stores.ts';
import { eventsWhere, story } from '../support/told.ts';

const scopes: Scope[] = ['events', 'users:write', 'settings', 'flows'];
const phone = '+31687654321';

for (const [name, open] of stores) {
  const begin = (options: TestKitOptions = {}): Promise<Administered> =>
    administeredOn(open, { scopes, ...options, settings: { ...mandatory, ...options.settings } });

  const member = async (kit: TestKit): Promise<Visitor> => {
    const visitor = kit.visitor();
    await signUp(kit, visitor, {});
    kit.clock.advance(61_000);
    return visitor;
  };

  /** What is recorded while something is done. */
  const during = async (over: Administered, act: () => Promise<unknown>): Promise<string[]> => {
    const last = (await eventsWhere(over)).at(-1)?.id;
    await act();
    return story(await eventsWhere(over, last === undefined ? '' : `&after=${last}`));
  };

  test(`${name}: M4: a sign-up leaves the whole story, in order, with nothing in full`, async () => {
    const over = await begin();
    await signUp(over.kit, over.kit.visitor(), {});
    const events = await eventsWhere(over);
    assert.deepEqual(story(events), [
      'flow-begun | sign-up',
      'code-sent | a•••@example.com | Register: accepted',
      'guess-right | address',
      'user-added',
      'address-added | a•••@example.com',
      'code-sent | •••• 21 | BindMfa: accepted',
      'guess-right | sms | short-codes',
      'factor-added | sms | •••• 21',
      'mfa-on',
      'factor-added | backup-codes | 10',
      'session-begun | pwd sms otp mfa',
      'flow-completed | sign-up: pwd sms otp mfa',
    ]);
    const userIds = new Set(events.slice(3).map(({ userId }) => userId));
    assert.equal(userIds.size, 1);
    assert.deepEqual(new Set(events.map(({ flowId }) => flowId)).size, 1);
    assert.deepEqual([...new Set(events.map(({ actor }) => actor))], ['user']);
  });

  test(`${name}: M4: wrong and right guesses, the wait and the lock are told, with whose they were`, async () => {
    const over = await begin({ settings: { ...mandatory, factors: ['sms'] } });
    const { kit } = over;
    await member(kit);
    const visitor = kit.visitor();
    const refused = await during(over, async () => {
      await visitor.begin('sign-in');
      await visitor.act({ type: 'identify', identifier: ada, password: 'not this one' });
    });
    assert.deepEqual(refused, ['flow-begun | sign-in', 'guess-wrong | a•••@example.com | session.invalid_credentials']);
    const wrong = (await eventsWhere(over, '&type=guess-wrong'))[0];
    assert.equal(wrong?.userId, (await eventsWhere(over, '&type=user-added'))[0]?.userId);
    await goOn(kit, visitor, { until: 'verify-factor' });
    const guesses = await during(over, async () => {
      for (let round = 0; round < 10; round += 1) {
        if (round === 5) kit.clock.advance(61_000);
        if (round === 5) await visitor.act({ type: 'resend' });
        await visitor.act({ type: 'submit-code', code: '000000' });
      }
      await visitor.act({ type: 'submit-code', code: '000000' });
    });
    const mismatch = 'guess-wrong | sms | •••• 21 | verification_code.code_mismatch';
    assert.deepEqual(guesses, [
      ...Array.from({ length: 5 }, () => mismatch),
      'code-sent | •••• 21 | MfaVerification: accepted',
      ...Array.from({ length: 4 }, () => mismatch),
      'notice-sent | a•••@example.com | wrong-codes: accepted',
      mismatch,
      'locked | sms | •••• 21 | short-codes',
      'guess-refused | sms | •••• 21 | verification_code.exceed_max_try',
    ]);
  });

  test(`${name}: M4: sends that are refused, and those that fail, are told`, async () => {
    const over = await begin();
    const { kit } = over;
    const visitor = kit.visitor();
    await visitor.claim((await kit.begin({ kind: 'setup' })).token);
    const told = await during(over, async () => {
      await visitor.act({ type: 'submit-phone', phone });
      await visitor.act({ type: 'resend' });
    });
    const refusal = 'connector.rate_limit_exceeded: wait';
    assert.deepEqual(told, ['code-sent | •••• 21 | BindMfa: accepted', `send-refused | sms | ${refusal}`]);
  });

  test(`${name}: M4: each change of an account is one event, with the step-up that allowed it`, async () => {
    const over = await begin();
    const { kit } = over;
    const visitor = await member(kit);
    const account = ownAccount(kit, visitor);
    const target = (await account.read()).factors.find(({ type }) => type === 'sms')?.id ?? '';
    const stepUp = await account.stepUp('rename-factor', target);
    const renamed = await during(over, () =>
      account.send('PATCH', `/account/factors/${target}`, { stepUp, body: { name: 'Work' } }),
    );
    assert.deepEqual(renamed, ['step-up-used | rename-factor', 'factor-renamed | sms | •••• 21']);
    const given = await eventsWhere(over, '&type=step-up-given');
    assert.deepEqual(story(given), ['step-up-given | rename-factor']);
    const left = await during(over, async () => {
      await visitor.fetch(`${kit.base}/session`, { method: 'DELETE' });
    });
    assert.deepEqual(left, ['session-ended']);
  });

  test(`${name}: M4: what administrators do carries their key`, async () => {
    const over = await begin();
    const { kit, call, keyHash } = over;
    await member(kit);
    const [added] = await eventsWhere(over, '&type=user-added');
    const user = `/users/${added?.userId}`;
    const settings = await kit.backend.settings.read();
    const told = await during(over, async () => {
      await call(`POST ${user}/recovery-passes`, { actor: 'Grace', reason: `lost ${phone}` });
      await call(`POST ${user}/unlock`);
      await call(`DELETE ${user}/skips`);
      await call('PUT /settings', settings);
      await kit.backend.settings.write(settings);
    });
    assert.deepEqual(told, [
      'pass-issued | Grace: lost ••••',
      'notice-sent | a•••@example.com | recovery-pass: accepted',
      'unlocked',
      'skips-forgotten',
      'settings-changed',
      'settings-changed',
    ]);
    const actors = (await eventsWhere(over)).slice(-6).map(({ actor }) => actor);
    assert.deepEqual(actors, [...Array.from({ length: 5 }, () => `key:${keyHash.slice(0, 8)}`), 'host']);
  });

  test(`${name}: a pass that is used, and the factor bound with it, are told`, async () => {
    const over = await begin();
    const { kit } = over;
    await member(kit);
    const [added] = await eventsWhere(over, '&type=user-added');
    const { pass } = await kit.backend.users.issuePass(added?.userId ?? '', { actor: 'Grace', reason: 'lost' });
    const visitor = kit.visitor();
    await visitor.begin('recover');
    await goOn(kit, visitor, { until: 'enter-pass' });
    const told = await during(over, () => visitor.act({ type: 'submit-pass', pass }));
    assert.deepEqual(told, ['guess-right | recovery-pass', 'pass-used']);
  });

  test(`${name}: events are read in pages, by user and by type, by the scope events alone`, async () => {
    const over = await begin();
    const { kit, call } = over;
    await member(kit);
    const all = await eventsWhere(over);
    const paged: AuditEvent[] = [];
    let next = '';
    for (let page = 0; page < 20; page += 1) {
      const { body } = await call(`GET /events?limit=3${next && `&after=${next}`}`);
      next = String(body['next']);
      paged.push(...(body['events'] as AuditEvent[]));
    }
    assert.deepEqual(paged, all);
    assert.equal(next, all.at(-1)?.id, 'who has read all goes on from there');
    const userId = all.at(-1)?.userId;
    assert.deepEqual(
      await eventsWhere(over, `&userId=${userId}`),
      all.filter((event) => event.userId === userId),
    );
    assert.deepEqual((await call('GET /events?userId=nobody')).body, { events: [], next: null });
    for (const bad of ['limit=0', 'limit=201', 'limit=x', 'type=pigeon', 'since=1']) {
      assert.equal((await call(`GET /events?${bad}`)).status, 400, bad);
    }
    const without = await administeredOn(open, { scopes: scopes.filter((scope) => scope !== 'events') });
    assert.equal((await without.call('GET /events')).status, 401);
  });

  test(`${name}: P3: the request is named in its answer, in its events and in what is reported`, async () => {
    const reports: [string, string | null][] = [];
    const over = await begin({
      onEvent: ({ type }) => {
        if (type === 'user-added') throw new Error('the log is full');
      },
      report: (error, { requestId }) => reports.push([String(error), requestId]),
    });
    const visitor = over.kit.visitor();
    await visitor.begin('sign-up');
    await goOn(over.kit, visitor, { until: 'set-password' });
    const { status, headers } = await visitor.act({ type: 'set-password', password });
    assert.equal(status, 200, 'a hook that throws holds nothing up');
    const requestId = headers.get('countersign-request-id');
    assert.match(requestId ?? '', /^req_[\w-]{22}$/u);
    const [added] = await eventsWhere(over, '&type=user-added');
    assert.equal(added?.requestId, requestId);
    assert.deepEqual(reports, [['Error: the log is full', requestId]]);
  });

  test(`${name}: M4: the hook is told of everything that is recorded, and of nothing else`, async () => {
    const told: AuditEvent[] = [];
    const over = await begin({ onEvent: (event) => told.push(event) });
    await member(over.kit);
    await signIn(over.kit, over.kit.visitor(), {});
    const byId = (a: AuditEvent, b: AuditEvent): number => (a.id < b.id ? -1 : 1);
    assert.deepEqual(told.toSorted(byId), await eventsWhere(over));
  });

  test(`${name}: M3: an event is one line, whatever was typed into it`, async () => {
    const lines: string[] = [];
    const over = await begin({ onEvent: (event) => lines.push(JSON.stringify(event)) });
    await over.kit.begin({ userId: 'ada' });
    const hostile = ['a\r\nb', '\u001b[2Jx', 'u\u2028v', '"}\n{"type":"unlocked"', '\u0085', 'x'.repeat(199)];
    for (const reason of hostile) await over.kit.backend.users.issuePass('ada', { actor: 'eve', reason });
    // eslint-disable-next-line no-control-regex
    assert.ok(lines.every((line) => !/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/u.test(line)));
    assert.equal(lines.length, (await eventsWhere(over)).length);
  });
}
