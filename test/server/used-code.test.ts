import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestKit, type TestKit, type Visitor } from '@countersign/server/testing';
import { appCode, confirmApp } from '../support/totp-app.ts';

const settings = { factors: ['totp'] };
const wrong = 'session.mfa.invalid_totp_code';
const waiting = 'session.verification_blocked_too_many_attempts';

/** Failures that are free, and variants that are tried on one person, so that some are left to count by. */
const free = 10;
const share = 8;

const around = [
  ' ',
  '\t',
  '\n',
  '\u00a0',
  '\u200b',
  '\u200e',
  '\ufeff',
  '+',
  '-',
  '.',
  '0',
  '00',
  '0x',
  'G-',
  '#',
  '"',
];
const between = [
  ' ',
  '-',
  '.',
  ',',
  '\u2009',
  '\u200b',
  '_',
  '/',
  ':',
  '\u0000',
  '\u202e',
  'a',
  '\u066b',
  '\ud83d\ude00',
  '\n',
  '\u3000',
  '=',
  ';',
];
/** First of the ten digits of other scripts, and of circled and bold ones. */
const scripts = [0x660, 0x6f0, 0x966, 0x9e6, 0xff10, 0x1d7ce, 0x2460];

const inScript = (text: string, zero: number): string =>
  text.replace(/\d/gu, (digit) => String.fromCodePoint(zero + Number(digit)));

/** Other texts with the code in them, and what is no text. */
const others = (code: string): unknown[] => [
  code,
  `${code}${code}`,
  `${code} ${code}`,
  code.slice(1),
  code.slice(0, -1),
  `Your code is ${code}.`,
  `${code}e0`,
  `${code}.0`,
  `${code}n`,
  `0x${Number(code).toString(16)}`,
  `'${code}' OR 1=1`,
  Number(code),
  -Number(code),
  Number(code) + 0.1,
  [code],
  [[code]],
  [Number(code)],
  Array.from(code),
  { code },
  { $eq: code },
  { toString: code },
  Object.assign({}, Array.from(code), { length: code.length }),
  null,
  true,
];

/** At least two hundred ways to write the code, some of which are the code. */
const variantsOf = (code: string): unknown[] => {
  const places = [1, 2, 3, 4, 5, 6];
  return [
    ...around.flatMap((text) => [`${text}${code}`, `${code}${text}`, `${text}${code}${text}`]),
    ...between.flatMap((text) => places.map((place) => `${code.slice(0, place)}${text}${code.slice(place)}`)),
    ...scripts.flatMap((zero) => [
      inScript(code, zero),
      `${inScript(code.slice(0, 1), zero)}${code.slice(1)}`,
      `${code.slice(0, -1)}${inScript(code.slice(-1), zero)}`,
    ]),
    ...others(code),
  ];
};

/** Somebody at the code of their app, of which they have used the one that the clock stands at. */
const afterUse = async (): Promise<{ kit: TestKit; visitor: Visitor; used: string }> => {
  const kit = await createTestKit({ settings });
  const enter = async (kind: 'setup' | 'verify') => {
    const visitor = kit.visitor();
    await visitor.claim((await kit.begin({ kind })).token);
    return visitor;
  };
  const secret = await confirmApp(kit, await enter('setup'));
  kit.clock.advance(30_000);
  const used = appCode(kit, secret);
  const right = await (await enter('verify')).act({ type: 'submit-code', code: used });
  assert.equal(right.flow.step.name, 'complete', 'it is right before it has served');
  return { kit, visitor: await enter('verify'), used };
};

/** How many wrong codes are looked at before there is a wait. */
const triesLeft = async (visitor: Visitor): Promise<number> => {
  for (let tries = 0; tries <= free; tries += 1) {
    const { problem } = await visitor.act({ type: 'submit-code', code: `wrong ${tries}` });
    if (problem.code === waiting) return tries;
  }
  throw new Error('wrong codes bring no wait');
};

test('F5: of two hundred ways to write a code that has served none is accepted, and each that is a text costs a try [CVE-2025-6015]', async () => {
  const { length } = variantsOf('123456');
  assert.ok(length >= 200);
  for (let from = 0; from < length; from += share) {
    const { visitor, used } = await afterUse();
    let counted = 0;
    for (const typed of variantsOf(used).slice(from, from + share)) {
      const { status, problem } = await visitor.act({ type: 'submit-code', code: typed });
      const isText = typeof typed === 'string';
      const expected = [400, isText ? wrong : 'guard.invalid_input'];
      assert.deepEqual([status, problem.code], expected, JSON.stringify(typed));
      assert.ok(!JSON.stringify(problem).includes(used));
      counted += isText ? 1 : 0;
    }
    assert.equal(await triesLeft(visitor), free - counted);
  }
});
