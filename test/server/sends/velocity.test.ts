import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestKit, drive } from '@countersign/server/testing';
import { addressOf, arrive, askForCode, byPhone, dutch, name, reporting } from '../../support/strangers.ts';

const minute = 60_000;
const hour = 60 * minute;

const quota = 'connector.rate_limit_exceeded';

/** How many numbers are rented; 10,000 by `npm run test:long`. */
const rented = Number(process.env['NEIGHBOURS'] ?? 2000);

test('C6: who rents thousands of neighbouring numbers gets 20 messages at most, and others all of theirs', async (t) => {
  const { reports, report } = reporting();
  // The ten minutes are of two hours, which is the most that can be got out of them.
  const kit = await createTestKit({ settings: byPhone, report, start: Date.UTC(2026, 10, 24, 10, 55) });
  const attackers = await Promise.all(Array.from({ length: 500 }, (_, i) => arrive(kit, addressOf(i))));
  const honest = { asked: 0, refused: 0 };
  const pumped = dutch(0).slice(0, -4);
  for (let number = 0; number < rented; number += 1) {
    kit.clock.advance((10 * minute) / rented);
    const attacker = attackers[number % attackers.length];
    if (attacker && (await name(attacker, dutch(0, number))).status === 200) await attacker.act({ type: 'back' });
    if (number % 10 !== 0) continue;
    const person = await arrive(kit, addressOf(1000 + honest.asked));
    const phone = dutch(1 + (honest.asked % 900), honest.asked);
    const { status } = await name(person, phone);
    honest.asked += 1;
    honest.refused += status === 200 ? 0 : 1;
    if (status === 200) await person.act({ type: 'submit-code', code: kit.inbox.code(phone) });
  }
  const bought = kit.inbox.messages.filter(({ to }) => to.startsWith(pumped)).length;
  assert.ok(bought > 0 && bought <= 20, `${bought} messages were bought`);
  assert.deepEqual(honest, { asked: rented / 10, refused: 0 });
  assert.match(String(reports[0]), /"prefix" of •••• stops messages/u);
  assert.equal(reports.length, 2, 'once an hour');
  t.diagnostic(`${rented} numbers rented, ${bought} messages bought; ${honest.asked} others asked, none refused`);
});

test('C6: neighbouring numbers wait for the next hour, and are told for how long', async () => {
  const kit = await createTestKit({ settings: byPhone, report: reporting().report });
  for (let i = 0; i < 10; i += 1) assert.equal((await askForCode(kit, dutch(0, i), addressOf(i))).status, 200);
  const late = await askForCode(kit, dutch(0, 11), addressOf(11));
  assert.deepEqual([late.status, late.problem.code, late.problem.reason], [429, quota, 'quota']);
  assert.equal((await askForCode(kit, dutch(1), addressOf(11))).status, 200, 'others do not');
  const wait = Number(late.problem.retryAfter) * 1000;
  assert.ok(wait <= hour);
  kit.clock.advance(wait - 1000);
  assert.equal((await askForCode(kit, dutch(0, 12), addressOf(12))).status, 429);
  kit.clock.advance(1000);
  assert.equal((await askForCode(kit, dutch(0, 12), addressOf(12))).status, 200);
});

const rates = { ask: 0, strangers: 2, all: 3 };
const perCountry = { ...byPhone, sends: { velocity: { perCountry: rates } } };

test('C6: one browser gets no more than its share, whatever the numbers and addresses', async () => {
  const settings = { ...byPhone, sends: { velocity: { perBrowser: rates } } };
  const kit = await createTestKit({ settings, report: reporting().report });
  const visitor = await arrive(kit, addressOf(0));
  for (const place of [0, 1, 2]) {
    assert.equal((await name(visitor, dutch(place))).status, place < 2 ? 200 : 429);
    if (place < 2) await visitor.act({ type: 'back' });
  }
  assert.equal((await askForCode(kit, dutch(2), addressOf(0))).status, 200, 'another browser at the same address');
});

test('C6: one block of addresses gets no more than its share, whatever the numbers', async () => {
  const kit = await createTestKit({
    settings: { ...byPhone, sends: { velocity: { perBlock: rates } } },
    report: reporting().report,
  });
  for (const [place, address] of ['192.0.2.1', '::ffff:192.0.2.2', '192.0.2.3'].entries()) {
    assert.equal((await askForCode(kit, dutch(place), address)).status, place < 2 ? 200 : 429, address);
  }
  assert.equal((await askForCode(kit, dutch(5), '192.0.3.1')).status, 200);
});

test('C6: one country gets no more than its share, whatever the numbers and addresses', async () => {
  const kit = await createTestKit({ settings: perCountry, report: reporting().report });
  for (const place of [0, 1, 2]) {
    assert.equal((await askForCode(kit, dutch(place), addressOf(place))).status, place < 2 ? 200 : 429);
  }
  assert.equal((await askForCode(kit, '+4915112345678', addressOf(3))).status, 200);
});

test('C6: what strangers have used up is left to whoever has shown a first factor, up to the limit of all', async () => {
  const kit = await createTestKit({ settings: perCountry, report: reporting().report });
  for (const place of [0, 1, 2]) await askForCode(kit, dutch(place), addressOf(place));
  const visitor = await drive(kit).to('setup-code', { phone: dutch(7) });
  assert.equal(visitor.flow.step.name, 'setup-factor');
  assert.equal(kit.inbox.messages.at(-1)?.to, dutch(7));
  const other = await drive(kit).to('setup-phone', { userId: 'bob' });
  assert.equal((await other.act({ type: 'submit-phone', phone: dutch(8) })).problem.code, quota);
});
