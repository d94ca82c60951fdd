import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readPhone } from '@countersign/core/phone';
import { maskPhone } from '@countersign/core/mask';
import metadata from 'libphonenumber-js/max/metadata';
import examples from 'libphonenumber-js/mobile/examples';
import { getCountries, getExampleNumber } from 'libphonenumber-js/max';

const spellings = [
  '+31612345678',
  '+31 6 12345678',
  '+31 (0)6 12 34 56 78',
  '0031612345678',
  '+31-6-12-34-56-78',
  '+31.6.12.34.56.78',
  ' +31 612 345 678 ',
  '＋３１６１２３４５６７８',
  '+٣١٦١٢٣٤٥٦٧٨',
  '+۳۱۶۱۲۳۴۵۶۷۸',
  '\u200e+31612345678\u200f',
  '\u202a+31612345678\u202c',
];

test('C3: one number has one form, however it is written', () => {
  for (const text of spellings) {
    assert.equal(readPhone(text, { metadata })?.e164, '+31612345678', JSON.stringify(text));
  }
});

test('a national number is read with the country it is given, and refused without', () => {
  assert.equal(readPhone('06 12345678', { metadata, defaultCountry: 'NL' })?.e164, '+31612345678');
  assert.equal(readPhone('06 12345678', { metadata }), null);
  assert.equal(readPhone('06 12345678', { metadata, defaultCountry: 'constructor' }), null);
});

test('the example mobile number of every region is read as that region’s, and read again as itself', () => {
  const regions = getCountries();
  for (const region of regions) {
    const example = getExampleNumber(region, examples);
    const phone = readPhone(example?.number ?? '', { metadata });
    assert.equal(phone?.e164, example?.number, region);
    // Some regions (Åland and Finland, St Barthélemy and Guadeloupe) share their mobile numbers.
    const same = phone?.country === region || example?.getPossibleCountries().includes(region);
    assert.ok(same, region);
  }
  assert.ok(regions.length >= 240);
});

test('C4: numbers of types that receive no messages are refused', () => {
  const refused = {
    premium: '+19002345678',
    tollFree: '+448001234567',
    sharedCost: '+448431234567',
    fixedLine: '+31101234567',
    pager: '+447640123456',
    extension: '+12015550123 ext. 7',
    words: 'call me',
    tooLong: '+316123456789012',
  };
  for (const [type, number] of Object.entries(refused)) assert.equal(readPhone(number, { metadata }), null, type);
});

test('the mask keeps the last two digits and nothing else', () => {
  assert.equal(maskPhone('+31612345678'), '•••• 78');
});
