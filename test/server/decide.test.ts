import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decide, type Facts } from '../../packages/server/src/flow/decide.ts';

const sms = (id: string, lastUsedAt: number | null = null) => ({ id, type: 'sms', lastUsedAt });
const verified = { type: 'sms', factorId: 'a', by: 'verified' } as const;
const bound = { type: 'sms', factorId: 'a', by: 'bound' } as const;
const facts = (part: Partial<Facts>): Facts => ({
  kind: 'verify',
  requested: null,
  configured: ['sms'],
  held: [],
  proved: [],
  ...part,
});
const notice = 'session.mfa.mfa_factor_not_enabled';

/** Written out by hand from the rules in docs/flows.md. */
const rows: [string, Partial<Facts>, ReturnType<typeof decide>][] = [
  ['verify, nothing held, one on', {}, { step: 'setup-factor', factor: 'sms', notice }],
  [
    'verify, nothing held, several on',
    { configured: ['sms', 'totp'] },
    { step: 'choose-factor', mode: 'setup', notice },
  ],
  ['verify, bound just now', { held: [sms('a')], proved: [bound] }, { step: 'complete' }],
  ['verify, one held', { held: [sms('a')] }, { step: 'verify-factor', factorId: 'a' }],
  [
    'verify, two held, none used',
    { held: [sms('a'), sms('b')] },
    { step: 'choose-factor', mode: 'verify', notice: null },
  ],
  ['verify, two held, one used', { held: [sms('a'), sms('b', 1)] }, { step: 'verify-factor', factorId: 'b' }],
  ['verify, two used', { held: [sms('a', 2), sms('b', 1)] }, { step: 'verify-factor', factorId: 'a' }],
  ['verify, done', { held: [sms('a')], proved: [verified] }, { step: 'complete' }],
  [
    'verify, the only one held is off',
    { held: [{ id: 'a', type: 'totp', lastUsedAt: 1 }] },
    { step: 'setup-factor', factor: 'sms', notice },
  ],
  ['setup, nothing held', { kind: 'setup' }, { step: 'setup-factor', factor: 'sms', notice: null }],
  [
    'setup, nothing held, several on',
    { kind: 'setup', configured: ['totp', 'sms'] },
    { step: 'choose-factor', mode: 'setup', notice: null },
  ],
  [
    'setup, one named',
    { kind: 'setup', configured: ['totp', 'sms'], requested: 'sms' },
    { step: 'setup-factor', factor: 'sms', notice: null },
  ],
  ['setup, one held', { kind: 'setup', held: [sms('a')] }, { step: 'verify-factor', factorId: 'a' }],
  [
    'setup, held and proved',
    { kind: 'setup', held: [sms('a')], proved: [verified] },
    { step: 'setup-factor', factor: 'sms', notice: null },
  ],
  ['setup, done', { kind: 'setup', held: [sms('a'), sms('b')], proved: [verified, bound] }, { step: 'complete' }],
  ['setup, first factor done', { kind: 'setup', held: [sms('a')], proved: [bound] }, { step: 'complete' }],
];

for (const [title, part, expected] of rows) {
  test(`the next step: ${title}`, () => assert.deepEqual(decide(facts(part)), expected));
}
