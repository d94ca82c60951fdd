import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countElsewhere } from '../support/count-elsewhere.ts';

/*
 * Random people, honest and not, in every kind of flow with every factor. What they may reach is judged by what they
 * typed, were sent and signed (`judge.ts`), never by what the server says of itself.
 */

const runs = Number(process.env['SEQUENCES'] ?? 200);

/** All that must have been seen for the rest to mean anything. */
const sights: Readonly<Record<string, string>> = {
  step: `identify enter-code enter-password enter-pass set-password turn-on choose-factor setup-factor
    save-backup-codes verify-factor blocked complete`,
  end: `sign-up/person sign-in/person sign-in/host reset-password/person recover/person setup/host setup/session
    verify/host verify/session`,
  bound: 'sms email totp passkey backup-codes',
  proved: 'sms email totp passkey backup-codes pass',
  changed: 'rename-factor set-default remove-factor replace export',
  skipped: 'turn-on choose-factor',
  trusted: 'browser',
};

const all = Object.entries(sights).flatMap(([what, names]) => names.split(/\s+/u).map((name) => `${what} ${name}`));

const share = (part: number, all: number): string => `${Math.round((100 * part) / all)} %`;

test('D4: random sequences never get to the end without the proof, lose no factor, and are never stuck', async (t) => {
  const seen = await countElsewhere(new URL('sequences/process.ts', import.meta.url), runs);
  const sum = (start: string): number =>
    [...seen].reduce((total, [what, times]) => (what.startsWith(start) ? total + times : total), 0);
  t.diagnostic(`${seen.get('sequences')} sequences, ${sum('step ')} answers, ${sum('begin ')} flows begun`);
  t.diagnostic(`${share(sum('end '), sum('begin '))} of the flows ended well`);
  for (const [what, times] of [...seen].toSorted()) t.diagnostic(`${what}: ${times}`);
  assert.equal(seen.get('sequences'), 2 * Math.ceil(runs / 2));
  assert.deepEqual(
    all.filter((what) => !seen.has(what)),
    [],
    'not everything was seen',
  );
  assert.ok(sum('end ') > sum('begin ') / 2, 'few flows end well');
});
