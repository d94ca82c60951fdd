import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestKit, drive, type TestKit } from '@countersign/server/testing';
import { exampleNumbers } from '../../support/example-numbers.ts';
import { arrive, byPhone, name, reporting } from '../../support/strangers.ts';

/** Nothing but the number matters: as many messages as there are numbers. */
const many = { ask: 1e6, strangers: 1e6, all: 1e6 };
const open = {
  velocity: { perPrefix: many, perBlock: many, perBrowser: many, perCountry: many },
  conversion: { percent: 0 },
  budget: { messagesPerHour: 1e6, messagesPerDay: 1e6 },
};

/** Which of the numbers a stranger's sign-up is sent a code to. */
const writtenTo = async (kit: TestKit, numbers: readonly string[]): Promise<string[]> => {
  const visitor = await arrive(kit);
  const sent: string[] = [];
  for (const number of new Set(numbers)) {
    const { status } = await name(visitor, number);
    assert.ok(status === 200 || status === 422, `${number}: ${status}`);
    if (status !== 200) continue;
    sent.push(number);
    await visitor.act({ type: 'back' });
    kit.clock.advance(1000);
    if (sent.length % 100 === 0) await visitor.begin('sign-up');
  }
  assert.equal(kit.inbox.messages.length, sent.length);
  return sent.toSorted();
};

/** Two numbers that Google's metadata and that of libphonenumber-js do not agree on, since plans change. */
const disputed = ['+26779101234', '+2908999'];

const of = (...types: readonly string[]): string[] => [
  ...new Set(exampleNumbers.filter(({ type, region }) => types.includes(type) && region).map(({ e164 }) => e164)),
];

/** Numbers that were valid when one of the two was made, and are not in the other. */
const gone = ['+22985751234', '+22981123456', '+2631312345'];

for (const voip of [false, true]) {
  test(`C4: of all regions and types exactly the mobile numbers are written to, with voip: ${voip}`, async () => {
    const kit = await createTestKit({ settings: { ...byPhone, sends: { ...open, voip } } });
    const all = exampleNumbers.map(({ e164 }) => e164).filter((e164) => !disputed.includes(e164));
    const expected = of('MOBILE', 'FIXED_LINE_OR_MOBILE', ...(voip ? ['VOIP'] : []));
    assert.ok(new Set(all).size > 900, 'there are examples');
    assert.deepEqual(
      await writtenTo(kit, all),
      expected.filter((e164) => !disputed.includes(e164) && !gone.includes(e164)).toSorted(),
    );
  });
}

test('C5: of all regions the three that are listed are written to, by the region of the number', async () => {
  const countries = ['US', 'NL', 'GB'];
  const kit = await createTestKit({ settings: { ...byPhone, countries, sends: open } });
  const mobile = exampleNumbers.filter(({ type }) => type === 'MOBILE' || type === 'FIXED_LINE_OR_MOBILE');
  const sharing = ['+12462501234', '+18762101234', '+77710009998', '+447797712345'];
  const sent = await writtenTo(kit, [...mobile.map(({ e164 }) => e164), ...sharing]);
  const expected = mobile.filter(({ region }) => region !== null && countries.includes(region));
  assert.deepEqual(sent, [...new Set(expected.map(({ e164 }) => e164))].toSorted());
  assert.equal(new Set(expected.map(({ region }) => region)).size, 3);
});

test('C5: numbers of no region are never written to, even where all regions are', async () => {
  const kit = await createTestKit({ settings: { ...byPhone, countries: 'all', sends: open } });
  assert.deepEqual(await writtenTo(kit, ['+881612345678', '+870773111632', '+88213123456', '+883510012345']), []);
});

/** Forty ways to write one number. */
const spellings = [
  '+31612345678',
  '+31 6 12345678',
  '+31 612 345 678',
  '+31 6 12 34 56 78',
  '+31 (0)6 12345678',
  '+31 (0) 6 12 34 56 78',
  '+31(0)612345678',
  '+31-6-12345678',
  '+31-6-12-34-56-78',
  '+31.6.12345678',
  '+31.6.12.34.56.78',
  '+31/6/12345678',
  '+31 6-1234-5678',
  '+31 6 1234.5678',
  '+ 31 6 12345678',
  '+31\u00a06\u00a012345678',
  '+31\u20096\u200912345678',
  '+31\u20116\u201112345678',
  '+31\u20136\u201312345678',
  '+31\t612345678',
  ' +31612345678',
  '+31612345678 ',
  '\u200e+31612345678',
  '+31612345678\u200f',
  '\u202a+31612345678\u202c',
  '\u2066+31 6 12345678\u2069',
  '0031612345678',
  '00 31 6 12345678',
  '0031-6-12345678',
  '0031 (0)6 12345678',
  '00 31 6 12 34 56 78',
  '＋31612345678',
  '＋３１６１２３４５６７８',
  '＋３１ ６ １２３４５６７８',
  '+٣١٦١٢٣٤٥٦٧٨',
  '+٣١ ٦ ١٢٣٤٥٦٧٨',
  '+۳۱۶۱۲۳۴۵۶۷۸',
  '+۳۱ ۶ ۱۲۳۴۵۶۷۸',
  '٠٠٣١٦١٢٣٤٥٦٧٨',
  '００３１６１２３４５６７８',
];

test('C3: forty spellings of one number share one bucket, and one message', async () => {
  assert.equal(new Set(spellings).size, 40);
  const kit = await createTestKit({ settings: byPhone });
  for (const [place, spelling] of spellings.entries()) {
    const visitor = await arrive(kit, `10.0.${place}.1`);
    const { status } = await name(visitor, spelling);
    assert.equal(status, place === 0 ? 200 : 429, JSON.stringify(spelling));
  }
  assert.deepEqual(
    kit.inbox.messages.map(({ to }) => to),
    ['+31612345678'],
  );
});

test('C5: a number whose country was taken out gets nothing any more, and another factor is asked for', async () => {
  const kit = await createTestKit({ settings: { countries: ['NL'], factors: ['sms'] }, report: reporting().report });
  await drive(kit).bind();
  kit.clock.advance(60_000);
  await kit.backend.settings.write({ appName: 'Acme', factors: ['sms'], countries: ['DE'] });
  const sent = kit.inbox.messages.length;
  const visitor = kit.visitor();
  await visitor.claim((await kit.begin()).token);
  assert.equal(visitor.flow.step.name, 'blocked');
  assert.equal(kit.inbox.messages.length, sent);
});
