import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConfigurationError, type SettingsInput } from '@countersign/server';
import { createTestKit, drive } from '@countersign/server/testing';
import { holdPhoneAndApp } from '../../support/phone-and-app.ts';
import { kitOn, stores } from '../../support/stores.ts';
import { addressOf, askForCode, byPhone, dutch, reporting } from '../../support/strangers.ts';

const hour = 3600_000;
const quota = 'connector.rate_limit_exceeded';

const withBudget = (budget: NonNullable<SettingsInput['sends']>['budget']): Partial<SettingsInput> => ({
  ...byPhone,
  sends: { budget },
});

const alert = (guard: string, what: string, until = '2026-11-24T11:00:00.000Z') =>
  `SendsAlert: sends: the limit "${guard}" ${what} until ${until}`;

/** Binds a number of another user each time, until one is refused; gives how many were sent. */
const bindUntilRefused = async (kit: Awaited<ReturnType<typeof createTestKit>>): Promise<number> => {
  for (let sent = 0; sent < 50; sent += 1) {
    const visitor = await drive(kit).to('setup-phone', { userId: `user-${sent}` });
    const { status } = await visitor.act({ type: 'submit-phone', phone: dutch(sent) });
    if (status === 429) return sent;
  }
  throw new Error('nothing was refused');
};

test('C8: an hour has as many messages as its budget; the operator is told at four fifths of it, and at its end', async () => {
  const { reports, report } = reporting();
  const kit = await createTestKit({ settings: withBudget({ messagesPerHour: 10 }), report });
  assert.equal(await bindUntilRefused(kit), 10);
  assert.deepEqual(reports.map(String), [alert('messages', 'is nearly used up'), alert('messages', 'stops messages')]);
  kit.clock.advance(hour);
  const next = await drive(kit).to('setup-phone', { userId: 'next' });
  assert.equal((await next.act({ type: 'submit-phone', phone: dutch(99) })).status, 200);
});

test('C8: a day has a budget of its own', async () => {
  const kit = await createTestKit({ settings: withBudget({ messagesPerDay: 3 }), report: reporting().report });
  assert.equal(await bindUntilRefused(kit), 3);
  kit.clock.advance(hour);
  const visitor = await drive(kit).to('setup-phone', { userId: 'next' });
  const { problem } = await visitor.act({ type: 'submit-phone', phone: dutch(99) });
  assert.deepEqual([problem.code, problem.retryAfter], [quota, (13 * 60 - 42 - 60) * 60 + 60 * 60]);
});

test('C8: money counts by what each country costs', async () => {
  const { reports, report } = reporting();
  const kit = await createTestKit({
    settings: withBudget({ moneyPerHour: 0.5 }),
    priceOf: (to) => (to.startsWith('+31') ? 0.09 : 0.3),
    report,
  });
  assert.equal(await bindUntilRefused(kit), 5);
  assert.deepEqual(reports.map(String), [alert('money', 'is nearly used up'), alert('money', 'stops messages')]);
});

test('C8: a budget of money needs somebody who says what a message costs', async () => {
  await assert.rejects(createTestKit({ settings: withBudget({ moneyPerDay: 5 }) }), (error) => {
    assert.ok(error instanceof ConfigurationError);
    assert.match(error.message, /^settings\.sends\.budget\.moneyPerDay: .*priceOf/u);
    return true;
  });
});

test('C8: when it is used up other factors still work', async () => {
  const settings = { ...withBudget({ messagesPerHour: 3 }), factors: ['sms', 'totp'] };
  const kit = await createTestKit({ settings, report: reporting().report });
  await holdPhoneAndApp(kit);
  assert.equal(kit.inbox.messages.length, 3, 'the last one told of the app, and counts');
  kit.clock.advance(60_000);
  const visitor = kit.visitor();
  await visitor.claim((await kit.begin()).token);
  const { step: blocked } = visitor.flow;
  assert.equal(blocked.name, 'blocked');
  const { step } = (await visitor.act({ type: 'switch' })).flow;
  assert.ok(step.name === 'choose-factor');
  const app = step.held.find(({ type }) => type === 'totp');
  assert.equal((await visitor.act({ type: 'choose', factorId: app?.id })).flow.step.name, 'verify-factor');
  assert.equal(kit.inbox.messages.length, 3);
});

test('C8: strangers use up four fifths of a budget and leave the rest to users', async () => {
  const kit = await createTestKit({ settings: withBudget({ messagesPerHour: 10 }), report: reporting().report });
  for (let i = 0; i < 12; i += 1) {
    assert.equal((await askForCode(kit, dutch(i), addressOf(i))).status, i < 8 ? 200 : 429);
  }
  assert.equal(await bindUntilRefused(kit), 2);
});

for (const [store, open] of stores) {
  test(`${store}: C8: of 40 at the same moment as many get a message as the budget has room for`, async () => {
    const kit = await kitOn(open, { settings: withBudget({ messagesPerHour: 7 }), report: reporting().report });
    const ready = await Promise.all(
      Array.from({ length: 40 }, (_, i) => drive(kit).to('setup-phone', { userId: `user-${i}` })),
    );
    await Promise.all(ready.map((visitor, i) => visitor.act({ type: 'submit-phone', phone: dutch(i) })));
    assert.equal(kit.inbox.messages.length, 7);
  });
}
