import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readEmail } from '@countersign/core/email';
import { maskEmail } from '@countersign/core/mask';
import fc from 'fast-check';

test('an address has one form, however it is written', () => {
  const same = ['ada@example.com', ' Ada@Example.COM ', 'ADA@EXAMPLE.com', 'ada@ex\u0061mple.com'];
  for (const text of same) assert.equal(readEmail(text), 'ada@example.com');
  assert.equal(readEmail('ada+news@sub.example.co.uk'), 'ada+news@sub.example.co.uk');
  assert.equal(readEmail('ada@bücher.example'), 'ada@xn--bcher-kva.example');
  assert.equal(readEmail("o'hara@example.com"), "o'hara@example.com");
});

test('what nothing can be mailed to is none', () => {
  const wrong = [
    '',
    'ada',
    '@example.com',
    'ada@',
    'ada@localhost',
    'ada@@example.com',
    'ada@example..com',
    'ada@-example.com',
    'ada@example.com, bea@example.com',
    'ada@example.com\r\nBcc: bea@example.com',
    'ada lovelace@example.com',
    'ada@example.com:25',
    'ada@example.com/path',
    'ada@exa\tmple.com',
    'ada@%65xample.com',
    'ada@user:pass@example.com?x',
    `${'a'.repeat(65)}@example.com`,
    `a@${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(63)}.${'e'.repeat(63)}.com`,
  ];
  for (const text of wrong) assert.equal(readEmail(text), null, text);
});

test('a mask leaves the first letter and the domain', () => {
  const masks = ['ada@example.com', 'a@example.com', 'ada.lovelace+bank@mail.example.com'].map(maskEmail);
  assert.deepEqual(masks, ['a•••@example.com', 'a•••@example.com', 'a•••@mail.example.com']);
});

test('reading what was read changes nothing', () => {
  fc.assert(
    fc.property(fc.oneof(fc.emailAddress(), fc.string()), (text) => {
      const once = readEmail(text);
      assert.equal(once === null ? null : readEmail(once), once);
    }),
  );
});
