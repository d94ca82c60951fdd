import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decide } from '../../packages/server/src/flow/decide.ts';
import {
  complete,
  facts,
  held,
  list,
  notice,
  on,
  optional,
  phone,
  proved,
  saveCodes,
  setUp,
  turnOn,
  verify,
  type Row,
} from '../support/decisions.ts';

/** Written out by hand from the rules in docs/flows.md. */
const rows: Row[] = [
  ['verify, nothing held, one on', {}, setUp('sms', notice)],
  ['verify, nothing held, several on', { configured: on('sms', 'totp') }, list('setup', { notice })],
  ['verify, bound just now', { usable: [phone()], proved: proved('bound') }, complete],
  [
    'verify, bound just now, codes on',
    { configured: on('sms', 'codes'), usable: [phone()], proved: proved('bound') },
    saveCodes,
  ],
  ['verify, one held', { usable: [phone()] }, verify('sms')],
  ['verify, two held, none used', { usable: [phone(), phone({ id: 'b' })] }, list('verify')],
  ['verify, two held, one used', { usable: [phone(), phone({ id: 'b', lastUsedAt: 1 })] }, verify('b')],
  ['verify, two used', { usable: [phone({ lastUsedAt: 2 }), phone({ id: 'b', lastUsedAt: 1 })] }, verify('sms')],
  [
    'verify, codes used last',
    { configured: on('sms', 'codes'), usable: [phone(), held('codes', { lastUsedAt: 9 })] },
    verify('sms'),
  ],
  ['verify, only codes left', { configured: on('sms', 'codes'), usable: [held('codes')] }, verify('codes')],
  [
    'verify, a passkey held, the phone used last',
    { configured: on('sms', 'passkey'), usable: [phone({ lastUsedAt: 9 }), held('passkey')] },
    verify('passkey'),
  ],
  [
    'verify, two passkeys held, one of them used',
    {
      configured: on('sms', 'passkey'),
      usable: [phone(), held('passkey'), held('passkey', { id: 'b', lastUsedAt: 1 })],
    },
    verify('b'),
  ],
  [
    'verify, two passkeys held, none used: the browser asks which',
    { configured: on('passkey'), usable: [held('passkey'), held('passkey', { id: 'b' })] },
    verify('passkey'),
  ],
  [
    'verify, a passkey held but not preferred',
    {
      configured: on('sms', 'passkey'),
      preferPasskey: false,
      usable: [phone({ lastUsedAt: 9 }), held('passkey', { lastUsedAt: 2 })],
    },
    verify('sms'),
  ],
  [
    'verify, a passkey held but not on',
    { configured: on('sms'), usable: [phone(), held('passkey', { lastUsedAt: 2 })] },
    verify('sms'),
  ],
  ['verify, done', { usable: [phone()], proved: proved('verified') }, complete],
  [
    'verify, done, codes on but never saved',
    { configured: on('sms', 'codes'), usable: [phone()], proved: proved('verified') },
    complete,
  ],

  ['setup, nothing held', { kind: 'setup' }, setUp('sms')],
  ['setup, nothing held, several on', { kind: 'setup', configured: on('totp', 'sms') }, list('setup')],
  ['setup, one named', { kind: 'setup', configured: on('totp', 'sms'), requested: 'sms' }, setUp('sms')],
  ['setup, one held', { kind: 'setup', usable: [phone()] }, verify('sms')],
  ['setup, held and proved', { kind: 'setup', usable: [phone()], proved: proved('verified') }, setUp('sms')],
  [
    'setup, done',
    { kind: 'setup', usable: [phone(), phone({ id: 'b' })], proved: [...proved('verified'), ...proved('bound')] },
    complete,
  ],
  [
    'setup, done, codes on',
    { kind: 'setup', configured: on('sms', 'codes'), usable: [phone()], proved: proved('bound') },
    saveCodes,
  ],
  [
    'setup of codes, proved',
    {
      kind: 'setup',
      configured: on('sms', 'codes'),
      requested: 'codes',
      usable: [phone()],
      proved: proved('verified'),
    },
    saveCodes,
  ],
  ['setup of codes, nothing held', { kind: 'setup', configured: on('sms', 'codes'), requested: 'codes' }, setUp('sms')],

  ['sign-up, mandatory, nothing held, one on', { kind: 'sign-up' }, setUp('sms')],
  ['sign-up, mandatory, nothing held, several on', { kind: 'sign-up', configured: on('sms', 'totp') }, list('setup')],
  ['sign-up, mandatory, skip marks do not count', { kind: 'sign-up', skipped: ['turn-on', 'setup'] }, setUp('sms')],
  ['sign-up, mandatory, bound', { kind: 'sign-up', usable: [phone()], proved: proved('bound') }, complete],
  [
    'sign-up, mandatory, bound, codes on',
    { kind: 'sign-up', configured: on('sms', 'codes'), usable: [phone()], proved: proved('bound') },
    saveCodes,
  ],
  [
    'sign-up, mandatory, phone proved',
    { kind: 'sign-up', usable: [phone({ source: 'identifier' })], proved: proved('identified') },
    complete,
  ],
  [
    'sign-up, mandatory, phone proved, others on',
    {
      kind: 'sign-up',
      configured: on('sms', 'totp', 'codes'),
      usable: [phone({ source: 'identifier' })],
      proved: proved('identified'),
    },
    list('setup', { suggestion: true }),
  ],
  [
    'sign-up, mandatory, suggestion declined, codes on all the same',
    {
      kind: 'sign-up',
      configured: on('sms', 'totp', 'codes'),
      usable: [phone({ source: 'identifier' })],
      proved: proved('identified'),
      skipped: ['suggestion'],
    },
    saveCodes,
  ],
  [
    'sign-up, mandatory, suggestion taken',
    {
      kind: 'sign-up',
      configured: on('sms', 'totp', 'codes'),
      usable: [phone({ source: 'identifier' }), held('totp')],
      proved: [...proved('identified'), ...proved('bound', 'totp')],
    },
    saveCodes,
  ],
  ['sign-up, optional, asked', { kind: 'sign-up', ...optional('sign-in-and-sign-up') }, turnOn],
  ['sign-up, optional, asked at sign-in only', { kind: 'sign-up', ...optional('sign-in') }, complete],
  ['sign-up, optional, never asked', { kind: 'sign-up', ...optional('never') }, complete],
  [
    'sign-up, optional, phone proved, asked before it counts',
    {
      kind: 'sign-up',
      ...optional('sign-in-and-sign-up'),
      usable: [phone({ source: 'identifier' })],
      proved: proved('identified'),
    },
    turnOn,
  ],
  [
    'sign-up, optional, turned on',
    { kind: 'sign-up', ...optional('sign-in-and-sign-up'), mfaEnabled: true },
    setUp('sms'),
  ],
  [
    'sign-up, optional, turned on, put off',
    { kind: 'sign-up', ...optional('sign-in-and-sign-up'), mfaEnabled: true, skipped: ['setup'] },
    complete,
  ],
  ['sign-up, no primary factor on', { kind: 'sign-up', configured: [] }, complete],

  ['sign-in, optional, asked', { kind: 'sign-in', ...optional('sign-in') }, turnOn],
  ['sign-in, optional, declined for good', { kind: 'sign-in', ...optional('sign-in'), skipped: ['turn-on'] }, complete],
  [
    'sign-in, optional, off, phone bound by its proof',
    { kind: 'sign-in', ...optional('never'), usable: [phone({ source: 'identifier' })] },
    complete,
  ],
  [
    'sign-in, optional, on',
    { kind: 'sign-in', ...optional('never'), mfaEnabled: true, usable: [phone()] },
    verify('sms'),
  ],
  ['sign-in, mandatory, held', { kind: 'sign-in', usable: [phone()] }, verify('sms')],
  ['sign-in, mandatory, nothing held', { kind: 'sign-in' }, setUp('sms')],
  [
    'sign-in, mandatory, phone proved earlier',
    { kind: 'sign-in', usable: [phone({ source: 'identifier' })] },
    verify('sms'),
  ],
  [
    'sign-in, verified, codes used up',
    { kind: 'sign-in', configured: on('sms', 'codes'), usable: [phone()], proved: proved('verified') },
    saveCodes,
  ],
  [
    'sign-in, verified, codes left',
    { kind: 'sign-in', configured: on('sms', 'codes'), usable: [phone(), held('codes')], proved: proved('verified') },
    complete,
  ],
  [
    'sign-in by a code, every primary factor gone',
    { kind: 'sign-in', configured: on('sms', 'codes'), usable: [held('codes')], proved: proved('verified', 'codes') },
    setUp('sms'),
  ],
];

for (const [title, part, expected] of rows) {
  test(`the next step: ${title}`, () => assert.deepEqual(decide(facts(part)), expected));
}
