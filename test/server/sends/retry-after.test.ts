import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createTestKit, drive, type Reply, type TestKit } from '@countersign/server/testing';
import { addressOf, askForCode, byPhone, dutch, reporting } from '../../support/strangers.ts';

const second = 1000;

/** What runs into a limit when it is done often enough. */
type Deed = (kit: TestKit, place: number) => Promise<Reply>;

const few = { ask: 0, strangers: 2, all: 3 };

const addPhone = async (kit: TestKit, userId: string, phone: string): Promise<Reply> => {
  const visitor = await drive(kit).to('setup-phone', { userId });
  return visitor.act({ type: 'submit-phone', phone });
};

const deeds: readonly (readonly [string, object, Deed])[] = [
  ['the wait of strangers, and their day', {}, (kit, place) => askForCode(kit, dutch(0), addressOf(place))],
  ['the ten minutes and the day of a number', {}, (kit, place) => addPhone(kit, `user-${place}`, dutch(0))],
  ['the day of a user', {}, (kit, place) => addPhone(kit, 'ada', dutch(place))],
  ['neighbouring numbers', {}, (kit, place) => askForCode(kit, dutch(0, place), addressOf(place))],
  ['a block of addresses', { velocity: { perBlock: few } }, (kit, place) => askForCode(kit, dutch(place), '192.0.2.1')],
  ['a country', { velocity: { perCountry: few } }, (kit, place) => askForCode(kit, dutch(place), addressOf(place))],
  [
    'the budget of an hour',
    { budget: { messagesPerHour: 4 } },
    (kit, place) => addPhone(kit, `u-${place}`, dutch(place)),
  ],
  ['the budget of a day', { budget: { messagesPerDay: 4 } }, (kit, place) => addPhone(kit, `u-${place}`, dutch(place))],
  ['conversion', { conversion: { fromSends: 10 } }, (kit, place) => askForCode(kit, dutch(place), addressOf(place))],
];

/** Does it, with pauses, until it is refused; gives the refusal and how often it was done. */
const untilRefused = async (kit: TestKit, deed: Deed, pauses: readonly number[]) => {
  for (let place = 0; place < 200; place += 1) {
    kit.clock.advance((pauses[place % pauses.length] ?? 0) * second + 17);
    const reply = await deed(kit, place);
    if (reply.status === 429) return { reply, place };
    assert.equal(reply.status, 200);
  }
  throw new Error('nothing was refused');
};

for (const [what, sends, deed] of deeds) {
  test(`B10: ${what}: Retry-After is the wait, neither a second more nor less`, async () => {
    const pauses = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(pauses, async (given) => {
        const kit = await createTestKit({ settings: { ...byPhone, sends }, report: reporting().report });
        const { reply, place } = await untilRefused(kit, deed, given);
        const { retryAfter = 0 } = reply.problem;
        assert.equal(reply.headers.get('retry-after'), String(retryAfter));
        assert.ok(Number.isInteger(retryAfter) && retryAfter > 0);
        kit.clock.advance((retryAfter - 1) * second);
        assert.equal((await deed(kit, place + 1)).status, 429);
        kit.clock.advance(second);
        assert.equal((await deed(kit, place + 2)).status, 200);
      }),
      { numRuns: 5, seed: 1 },
    );
  });
}
