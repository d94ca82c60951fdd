import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestKit } from '@countersign/server/testing';
import { addressOf, arrive, askForCode, byPhone, dutch, name, reporting } from '../../support/strangers.ts';

const minute = 60_000;

/** A German mobile number. */
const german = (i: number): string => `+49151${10_000_000 + i * 12_345}`;

/** Numbers of the Netherlands, whose codes nobody types, and of Germany, of which three in five are typed. */
const simulate = async (rounds: number, settings = {}) => {
  const { reports, report } = reporting();
  const kit = await createTestKit({ settings: { ...byPhone, ...settings }, report });
  const refused = { NL: 0, DE: 0 };
  for (let i = 0; i < rounds; i += 1) {
    kit.clock.advance(10_000);
    refused.NL += (await askForCode(kit, dutch(i), addressOf(i))).status === 429 ? 1 : 0;
    const person = await arrive(kit, addressOf(1000 + i));
    refused.DE += (await name(person, german(i))).status === 429 ? 1 : 0;
    if (i % 5 < 3) await person.act({ type: 'submit-code', code: kit.inbox.code(german(i)) });
  }
  return { kit, reports, refused };
};

test('C7: a country where nobody types the codes gets 20 to 40 messages and no more in the hour; another one all', async () => {
  const { kit, reports, refused } = await simulate(100);
  const sent = kit.inbox.messages.filter(({ to }) => to.startsWith('+31')).length;
  assert.ok(sent >= 20 && sent <= 40, `${sent} were sent`);
  assert.deepEqual(refused, { NL: 100 - sent, DE: 0 });
  assert.deepEqual(reports.map(String), [
    'SendsAlert: sends: the limit "conversion" of NL stops messages until 2026-11-24T11:02:00.000Z',
  ]);
});

test('C7: who is refused is told when the country opens again, and it does', async () => {
  const { kit } = await simulate(60);
  const refused = await askForCode(kit, dutch(500), addressOf(500));
  const { code, retryAfter = 0 } = refused.problem;
  assert.equal(code, 'connector.rate_limit_exceeded');
  kit.clock.advance(retryAfter * 1000 - 1);
  assert.equal((await askForCode(kit, dutch(501), addressOf(501))).status, 429);
  kit.clock.advance(1);
  assert.equal((await askForCode(kit, dutch(502), addressOf(502))).status, 200);
});

test('C7: a rush is not judged before there was time to type the codes', async () => {
  const kit = await createTestKit({ settings: byPhone });
  const rush = await Promise.all(Array.from({ length: 60 }, (_, i) => arrive(kit, addressOf(i))));
  for (const [i, person] of rush.entries()) assert.equal((await name(person, dutch(i))).status, 200);
  kit.clock.advance(minute);
  for (const [i, person] of rush.slice(0, 30).entries()) {
    await person.act({ type: 'submit-code', code: kit.inbox.code(dutch(i)) });
  }
  kit.clock.advance(5 * minute);
  assert.equal((await askForCode(kit, dutch(100), addressOf(100))).status, 200);
});

test('C7: an operator may switch it off', async () => {
  const { refused } = await simulate(60, { sends: { conversion: { percent: 0 } } });
  assert.deepEqual(refused, { NL: 0, DE: 0 });
});
