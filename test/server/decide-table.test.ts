import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decide, type Facts, type UsableFactor } from '../../packages/server/src/flow/decide.ts';
import { isProved } from '../../packages/server/src/flow/primary/identifiers.ts';
import { on } from '../support/decisions.ts';
import { type Known, naive, written } from '../support/naive-decision.ts';

// Every combination of what a decision looks at, against the rules written down a second time.

const configurations: readonly string[][] = [
  [],
  ['sms'],
  ['sms', 'codes'],
  ['totp', 'sms'],
  ['sms', 'totp', 'codes'],
  ['sms', 'passkey', 'codes'],
];

const held = (id: string, part: Partial<Known> = {}): Known => ({
  id,
  type: id.split('-')[0] ?? id,
  lastUsedAt: null,
  source: 'bound',
  verifiedAt: 1,
  ...part,
});

/** A number that a host or an administrator knows, and nobody has proved. */
const imported = held('sms', { source: 'identifier', verifiedAt: null });

const holdings: readonly Known[][] = [
  [],
  [imported],
  [imported, held('sms-2')],
  [imported, held('sms-2', { source: 'identifier' })],
  [imported, held('totp')],
  [imported, held('passkey'), held('codes')],
  [imported, held('codes')],
  [held('sms')],
  [held('sms', { source: 'identifier' })],
  [held('sms', { source: 'identifier' }), held('codes')],
  [held('sms'), held('sms-2')],
  [held('sms', { lastUsedAt: 1 }), held('sms-2', { lastUsedAt: 2 })],
  [held('sms', { lastUsedAt: 3 }), held('totp')],
  [held('sms', { source: 'identifier' }), held('totp'), held('codes', { lastUsedAt: 9 })],
  [held('totp')],
  [held('sms', { lastUsedAt: 3 }), held('passkey')],
  [held('passkey'), held('passkey-2', { lastUsedAt: 1 }), held('codes')],
  [held('passkey'), held('passkey-2')],
  [held('codes')],
];

const passed: Facts['proved'] = [{ type: 'recovery-pass', factorId: 'pas', by: 'passed' }];

const proofs = (holding: readonly UsableFactor[]): Facts['proved'][] => {
  const [first] = holding;
  const proved = (by: Facts['proved'][number]['by']) => (first ? [{ type: first.type, factorId: first.id, by }] : []);
  return first
    ? [[], proved('verified'), proved('bound'), proved('identified'), passed, [...passed, ...proved('bound')]]
    : [[], passed];
};

const marks = ['turn-on', 'suggestion', 'setup'] as const;
const markSets = Array.from({ length: 8 }, (_, bits) => marks.filter((_mark, place) => bits & (1 << place)));
const policies: readonly Facts['policy'][] = [
  { mode: 'mandatory' },
  { mode: 'optional', prompt: 'sign-in-and-sign-up' },
  { mode: 'optional', prompt: 'sign-in' },
  { mode: 'optional', prompt: 'never' },
];

function* everyCombination(): Generator<[Facts, readonly Known[]]> {
  for (const types of configurations) {
    const configured = on(...types);
    for (const known of holdings.filter((one) => one.every(({ type }) => types.includes(type)))) {
      for (const facts of ofHolding({ configured, usable: known.filter(isProved) }, known)) yield [facts, known];
    }
  }
}

function* ofHolding(base: Pick<Facts, 'configured' | 'usable'>, known: readonly Known[]): Generator<Facts> {
  const requests = [null, ...base.configured.map(({ type }) => type)];
  for (const proved of proofs(base.usable)) {
    for (const [kind, isStepUp, firstFactor] of beginnings) {
      const asked = kind === 'setup' ? requests : [null];
      for (const choice of choices(base.usable, known, kind)) {
        const facts = { ...base, ...choice, proved, kind, isStepUp, firstFactor };
        const lockings = base.usable.length < 2 ? [false, true] : [false];
        const each = lockings.flatMap((locked) => asked.map((requested) => ({ ...facts, locked, requested })));
        yield* each.flatMap(underEveryPolicy);
      }
    }
  }
}

/** Who begins: a host or the person, for what kind, with a first factor proved or a session alone. */
const beginnings = [
  ['sign-up', false, true],
  ['sign-in', false, true],
  ['reset-password', false, false],
  ['recover', false, true],
  ['setup', false, true],
  ['setup', true, true],
  ['setup', true, false],
  ['verify', false, true],
  ['verify', true, true],
  ['verify', true, false],
] as const;

/** Which of the held may serve, which one is wanted first, and whether the browser is trusted. */
const choices = (
  usable: readonly UsableFactor[],
  known: readonly Known[],
  kind: Facts['kind'],
): Pick<Facts, 'open' | 'defaultFactor' | 'trusted'>[] => {
  const ids = usable.map(({ id }) => id);
  const narrows = ids.length > 1 && kind !== 'sign-up' && kind !== 'sign-in';
  return (narrows ? [ids, ids.slice(1)] : [ids]).flatMap((open) =>
    [null, ids.at(-1) ?? known[0]?.id ?? 'gone'].flatMap((defaultFactor) =>
      (kind === 'sign-in' || kind === 'verify' ? [false, true] : [false]).map((trusted) => ({
        open,
        defaultFactor,
        trusted,
      })),
    ),
  );
};

const underEveryPolicy = (facts: Omit<Facts, 'policy' | 'skipped' | 'mfaEnabled' | 'preferPasskey'>): Facts[] =>
  policies.flatMap((policy) =>
    markSets.flatMap((skipped) =>
      [false, true].flatMap((mfaEnabled) =>
        [false, true].map((preferPasskey) => ({ ...facts, policy, skipped, mfaEnabled, preferPasskey })),
      ),
    ),
  );

test('D3: every combination comes out as the rules, written down a second time, say', (t) => {
  const counts = new Map<string, number>();
  let rows = 0;
  for (const [facts, known] of everyCombination()) {
    const actual = written(decide(facts));
    const expected = naive(facts, known);
    if (actual !== expected) assert.equal(actual, expected, JSON.stringify({ ...facts, known }));
    counts.set(actual, (counts.get(actual) ?? 0) + 1);
    rows += 1;
  }
  t.diagnostic(`${rows} rows, ${counts.size} outcomes`);
  assert.ok(rows > 2_000_000);
  assert.ok(counts.size >= 15, [...counts.keys()].join(', '));
});
