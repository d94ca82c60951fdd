import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decide } from '../../packages/server/src/flow/decide.ts';
import { complete, facts, optional, phone, setUp, verify, type Row } from '../support/decisions.ts';

/** Written out by hand: sessions, resets, and browsers that are trusted. */
const rows: Row[] = [
  [
    'verify, two used, one made the default',
    { usable: [phone({ lastUsedAt: 2 }), phone({ id: 'b' })], defaultFactor: 'b' },
    verify('b'),
  ],
  [
    'verify, the default may not serve',
    { usable: [phone(), phone({ id: 'b' })], defaultFactor: 'b', open: ['sms'] },
    verify('sms'),
  ],
  ['step-up, nothing held, session alone', { isStepUp: true, firstFactor: false }, { step: 'enter-password' }],
  ['step-up, nothing held, password given', { isStepUp: true }, complete],
  ['step-up, held', { isStepUp: true, firstFactor: false, usable: [phone()] }, verify('sms')],
  ['step-up, held, trusted', { isStepUp: true, firstFactor: false, usable: [phone()], trusted: true }, verify('sms')],
  ['reset, nothing held', { kind: 'reset-password', firstFactor: false }, { step: 'set-password' }],
  ['reset, held', { kind: 'reset-password', firstFactor: false, usable: [phone()] }, verify('sms')],
  ['reset, held, trusted', { kind: 'reset-password', usable: [phone()], trusted: true }, verify('sms')],
  [
    'reset, held, not on',
    { kind: 'reset-password', ...optional('never'), usable: [phone()] },
    { step: 'set-password' },
  ],
  ['sign-in, held, trusted', { kind: 'sign-in', usable: [phone()], trusted: true }, complete],
  ['sign-in, nothing held, trusted', { kind: 'sign-in', trusted: true }, setUp('sms')],
  ['setup in a session, nothing held', { kind: 'setup', firstFactor: false }, { step: 'enter-password' }],
];

for (const [title, part, expected] of rows) {
  test(`the next step: ${title}`, () => assert.deepEqual(decide(facts(part)), expected));
}
