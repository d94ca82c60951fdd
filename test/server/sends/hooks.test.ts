import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type BotCheck, type PriceOf, proofOfWork } from '@countersign/server';
import { createTestKit, drive } from '@countersign/server/testing';
import { ownAccount } from '../../support/account.ts';
import { mandatory, signUp } from '../../support/primary.ts';
import { addressOf, askForCode, arrive, byPhone, dutch, name, reporting } from '../../support/strangers.ts';

const down = (): never => {
  throw new Error('the hook is down');
};

const failing: readonly (readonly [how: string, answer: () => Promise<never>])[] = [
  ['throws', down],
  ['rejects', async () => down()],
  ['never answers', () => new Promise(() => {})],
];

/** Strangers are asked from the second message to a country on. */
const asking = async (botCheck: BotCheck) => {
  const { reports, report } = reporting();
  const velocity = { perCountry: { ask: 1, strangers: 5, all: 10 } };
  const kit = await createTestKit({ settings: { ...byPhone, sends: { velocity } }, botCheck, report });
  await askForCode(kit, dutch(0), addressOf(0));
  return { kit, reports };
};

for (const [how, answer] of failing) {
  test(`C6: a bot check that ${how} when it judges lets nobody through, and gives something else to solve`, async () => {
    const { kit, reports } = await asking({ ...proofOfWork({ rounds: 20 }), timeout: 20, verify: answer });
    const { status, problem } = await name(await arrive(kit, addressOf(1)), dutch(1), { botCheck: 'eyJ9' });
    assert.deepEqual([status, problem.code], [428, 'session.captcha_failed']);
    assert.ok(problem.challenge);
    assert.deepEqual([reports.length, kit.inbox.messages.length], [1, 1]);
  });

  test(`C6: a bot check that ${how} when it is to ask lets nobody through, and the flow goes on once it is back`, async () => {
    const working = proofOfWork({ rounds: 20 });
    const broken: BotCheck = { ...working, timeout: 20, challenge: answer };
    const { kit, reports } = await asking(broken);
    const visitor = await arrive(kit, addressOf(1));
    assert.equal((await name(visitor, dutch(1))).status, 500);
    assert.deepEqual([reports.length, kit.inbox.messages.length], [1, 1]);
    broken.challenge = (context) => working.challenge(context);
    assert.equal((await name(visitor, dutch(1))).problem.code, 'session.captcha_required');
  });
}

test('an operator’s own report that fails is said on the console, and changes no answer', async (t) => {
  const said = t.mock.method(console, 'error', () => {});
  for (const [, answer] of failing.slice(0, 2)) {
    const botCheck = { ...proofOfWork({ rounds: 20 }), verify: down };
    const velocity = { perCountry: { ask: 0, strangers: 5, all: 10 } };
    const kit = await createTestKit({ settings: { ...byPhone, sends: { velocity } }, botCheck, report: answer });
    const { status } = await name(await arrive(kit), dutch(1), { botCheck: 'eyJ9' });
    assert.equal(status, 428);
  }
  assert.equal(said.mock.callCount(), 2);
});

const noPrices: readonly (readonly [what: string, priceOf: PriceOf])[] = [
  ['throws', down],
  ['gives no number', () => Number.NaN],
  ['gives less than nothing', () => -1],
  ['gives all there is', () => Infinity],
];

for (const [what, priceOf] of noPrices) {
  test(`C8: where a price ${what} no code is sent`, async () => {
    const { reports, report } = reporting();
    const kit = await createTestKit({
      report,
      priceOf,
      settings: { ...byPhone, sends: { budget: { moneyPerDay: 10 } } },
    });
    const visitor = await drive(kit).to('setup-phone');
    assert.equal((await visitor.act({ type: 'submit-phone', phone: dutch(0) })).status, 500);
    assert.deepEqual([reports.length, kit.inbox.messages.length], [1, 0]);
  });
}

test('C8: a warning goes out also where it has no price', async () => {
  let isDown = false;
  const { reports, report } = reporting();
  const settings = { ...mandatory, factors: ['sms'], sends: { budget: { moneyPerDay: 10 } } };
  const kit = await createTestKit({ report, priceOf: () => (isDown ? down() : 0.1), settings });
  const visitor = kit.visitor();
  await signUp(kit, visitor, { identifier: { type: 'phone', value: dutch(0) } });
  const { userId } = await ownAccount(kit, visitor).read();
  const before = kit.inbox.messages.length;
  isDown = true;
  await kit.backend.users.issuePass(userId, { actor: 'eve', reason: 'lost' });
  assert.deepEqual([kit.inbox.messages.length, reports.length], [before + 1, 1]);
});
