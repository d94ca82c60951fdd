import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestKit } from '@countersign/server/testing';
import { atBackupCode, saveCodes } from '../support/backup-codes.ts';
import { mandatory } from '../support/primary.ts';

type Spelling = (code: string) => string;

const joined: Spelling = (code) => code.replaceAll('-', '');
const dashed =
  (dash: string): Spelling =>
  (code) =>
    code.replaceAll('-', dash);
const wide: Spelling = (code) =>
  code.replace(/[\dA-Z]/gu, (one) => String.fromCodePoint((one.codePointAt(0) ?? 0) + 0xfee0));

/** Ways to type what is on the paper; those of look-alikes come first, since few codes have them. */
const spellings: readonly Spelling[][] = [
  [
    (code) => code.replaceAll('0', 'O'),
    (code) => code.replaceAll('0', 'o'),
    (code) => code.toLowerCase(),
    (code) => joined(code).toLowerCase(),
    (code) => ` ${code} `,
    (code) => `\t${code}\n`,
    dashed(' '),
    dashed('  '),
    dashed(' - '),
    (code) => code,
  ],
  [
    (code) => code.replaceAll('1', 'I'),
    (code) => code.replaceAll('1', 'l'),
    dashed('\u2013'),
    dashed('\u2014'),
    dashed('\u2011'),
    dashed('\u00a0'),
    (code) => joined(code).split('').join(' '),
    (code) => joined(code).replace(/..(?=.)/gu, '$&-'),
    wide,
    joined,
  ],
];

/** The first code that the spelling changes, or the last of all. */
const codeFor = (codes: readonly string[], spell: Spelling): string =>
  codes.find((code) => spell(code) !== code) ?? codes.at(-1) ?? '';

/** The code with another symbol in one place. */
const misread = (code: string, place: number): string => {
  const at = code[place] === '-' ? place - 1 : place;
  return `${code.slice(0, at)}${code[at] === 'Z' ? 'Y' : 'Z'}${code.slice(at + 1)}`;
};

test('H5: a code serves in each of twenty spellings, and in none with one symbol misread', async () => {
  assert.equal(spellings.flat().length, 20);
  for (const half of spellings) {
    const kit = await createTestKit({ settings: mandatory });
    let codes = await saveCodes(kit);
    for (const [place, spell] of half.entries()) {
      const code = codeFor(codes, spell);
      codes = codes.filter((other) => other !== code);
      assert.ok(spell(code) !== code || place === half.length - 1, 'the spelling is another one');
      const visitor = await atBackupCode(kit);
      const wrong = await visitor.act({ type: 'submit-code', code: spell(misread(code, place)) });
      assert.deepEqual([wrong.status, wrong.problem.code], [400, 'session.mfa.invalid_backup_code'], spell(code));
      assert.equal((await visitor.act({ type: 'submit-code', code: spell(code) })).status, 200, spell(code));
    }
  }
});

test('H5: each code with one symbol misread is counted, however it is spelled', async () => {
  const kit = await createTestKit({ settings: mandatory });
  const [code = ''] = await saveCodes(kit);
  const visitor = await atBackupCode(kit);
  for (const [place, spell] of (spellings[0] ?? []).entries()) {
    const { problem } = await visitor.act({ type: 'submit-code', code: spell(misread(code, place)) });
    assert.equal(problem.code, 'session.mfa.invalid_backup_code');
  }
  const { status, problem } = await visitor.act({ type: 'submit-code', code });
  assert.deepEqual([status, problem.code], [429, 'session.verification_blocked_too_many_attempts']);
});
