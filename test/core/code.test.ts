import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readCode, toAsciiDigits } from '@countersign/core/code';

const scripts = { arabic: 0x660, persian: 0x6f0, devanagari: 0x966, bengali: 0x9e6, fullWidth: 0xff10 };
const digits = (length: number) => fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length });

const readings: [string, string][] = [
  ['123456', '123456'],
  [' 123 456 ', '123456'],
  ['123-456', '123456'],
  ['G-123456', '123456'],
  ['Your code is 123456.', '123456'],
  ['Your code is 123 456. It expires in 5 minutes.', '123456'],
  ['Dein Code: 123456 (gültig 5 Min.)', '123456'],
  ['@example.com #123456', '123456'],
  ['12345', '12345'],
  ['1234567', '1234567'],
  ['abc', ''],
  ['', ''],
];

test('the code is found in whatever it comes wrapped in', () => {
  for (const [text, code] of readings) assert.equal(readCode(text, 6), code, text);
});

test('digits of every script that keyboards produce become ASCII, and nothing else changes', () => {
  for (const zero of Object.values(scripts)) {
    fc.assert(
      fc.property(digits(6), (values) => {
        const text = values.map((value) => String.fromCodePoint(zero + value)).join('');
        assert.equal(toAsciiDigits(text), values.join(''));
        assert.equal(readCode(text, 6), values.join(''));
      }),
    );
  }
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', 'Z', '-', 'é', '語', '😀') }), (text) =>
      assert.equal(toAsciiDigits(text), text),
    ),
  );
});

test('reading a code again changes nothing, and gives digits only', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 4, max: 10 }), (text, length) => {
      const code = readCode(text, length);
      assert.match(code, /^\d*$/u);
      assert.equal(readCode(code, length), code);
    }),
  );
});
