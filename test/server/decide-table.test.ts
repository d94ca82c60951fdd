import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decide, type Facts, type UsableFactor } from '../../packages/server/src/flow/decide.ts';

/*
 * Every combination of what a decision looks at, against the rules of docs/flows.md written down a second time: as
 * naively as possible, sentence by sentence, sharing nothing with decide.ts.
 */

const configurations: readonly string[][] = [
  [],
  ['sms'],
  ['sms', 'codes'],
  ['totp', 'sms'],
  ['sms', 'totp', 'codes'],
  ['sms', 'passkey', 'codes'],
];

const held = (id: string, part: Partial<UsableFactor> = {}): UsableFactor => ({
  id,
  type: id.split('-')[0] ?? id,
  lastUsedAt: null,
  source: 'bound',
  ...part,
});

const holdings: readonly UsableFactor[][] = [
  [],
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

function* everyCombination(): Generator<Facts> {
  for (const types of configurations) {
    const configured = types.map((type) => ({
      type,
      role: type === 'codes' ? ('backup' as const) : ('primary' as const),
      ...(type === 'passkey' && { isPreferred: true as const }),
    }));
    for (const usable of holdings.filter((one) => one.every(({ type }) => types.includes(type)))) {
      yield* ofHolding({ configured, usable });
    }
  }
}

function* ofHolding(base: Pick<Facts, 'configured' | 'usable'>): Generator<Facts> {
  const requests = [null, ...base.configured.map(({ type }) => type)];
  for (const proved of proofs(base.usable)) {
    for (const [kind, isStepUp, firstFactor] of beginnings) {
      const asked = kind === 'setup' ? requests : [null];
      for (const choice of choices(base.usable, kind)) {
        const facts = { ...base, ...choice, proved, kind, isStepUp, firstFactor };
        yield* asked.flatMap((requested) => underEveryPolicy({ ...facts, requested }));
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
  kind: Facts['kind'],
): Pick<Facts, 'open' | 'defaultFactor' | 'trusted'>[] => {
  const ids = usable.map(({ id }) => id);
  const narrows = ids.length > 1 && kind !== 'sign-up' && kind !== 'sign-in';
  return (narrows ? [ids, ids.slice(1)] : [ids]).flatMap((open) =>
    [null, ids.at(-1) ?? 'gone'].flatMap((defaultFactor) =>
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

/** The rules once more; what comes out is written as one word. */
const naive = (facts: Facts): string => {
  const { kind, requested, configured, usable, proved, policy, mfaEnabled, skipped } = facts;
  const primaryTypes: string[] = [];
  for (const { type, role } of configured) if (role === 'primary') primaryTypes.push(type);
  const primaries = usable.filter(({ type }) => primaryTypes.includes(type));
  const codesAreOn = configured.some(({ role }) => role === 'backup');
  const codesAreHeld = usable.some(({ type }) => type === 'codes');
  const hasBound = proved.filter(({ by }) => by === 'bound').length > 0;
  const isOn = policy.mode === 'mandatory' || mfaEnabled;

  const codes = codesAreOn && primaries.length > 0 && !codesAreHeld ? 'save codes' : 'complete';
  const first = primaryTypes.length === 1 ? `set up ${primaryTypes[0]}` : 'choose to set up';

  // An administrator's pass, and then a factor, before anything else.
  if (kind === 'recover' && proved[0]?.by !== 'passed') return 'ask for the pass';
  if (kind === 'recover') return hasBound ? codes : first;
  // A browser that its owner trusts is let in without, when signing in.
  if (kind === 'sign-in' && facts.trusted && isOn && usable.length > 0 && proved.length === 0) return 'complete';
  // A held factor is asked for first, once, wherever a second factor matters.
  const always = kind === 'setup' || kind === 'verify';
  if (usable.length > 0 && proved.length === 0 && (always || isOn)) {
    const allowed = usable.filter(({ id }) => facts.open.includes(id));
    const primaries = allowed.filter(({ type }) => primaryTypes.includes(type));
    if (primaries.some(({ id }) => id === facts.defaultFactor)) return `verify ${facts.defaultFactor}`;
    const passkeys = facts.preferPasskey ? primaries.filter(({ type }) => type === 'passkey') : [];
    const usedPasskey = passkeys.find(({ lastUsedAt }) => lastUsedAt !== null);
    if (usedPasskey) return `verify ${usedPasskey.id}`;
    if (passkeys[0]) return `verify ${passkeys[0].id}`;
    let latest: UsableFactor | undefined;
    for (const one of primaries) {
      if (one.lastUsedAt !== null && (latest?.lastUsedAt ?? -1) < one.lastUsedAt) latest = one;
    }
    if (latest) return `verify ${latest.id}`;
    if (primaries.length === 1) return `verify ${primaries[0]?.id}`;
    if (allowed.length === 1) return `verify ${allowed[0]?.id}`;
    return 'choose to verify';
  }
  // Nothing is held, and a session alone proves nothing new.
  if (always && !facts.firstFactor && proved.length === 0) return 'ask for the password';
  if (kind === 'reset-password') return 'set the password';

  if (kind === 'verify') {
    if (facts.isStepUp) return 'complete';
    if (proved.length === 0) return `${first} because nothing is held`;
    return hasBound ? codes : 'complete';
  }
  if (kind === 'setup') {
    if (hasBound) return codes;
    if (requested === 'codes') return primaries.length > 0 ? 'save codes' : first;
    return requested === null ? first : `set up ${requested}`;
  }
  // 1 and 2
  if (primaryTypes.length === 0) return 'complete';
  if (!isOn) {
    if (policy.mode === 'optional' && policy.prompt === 'never') return 'complete';
    if (policy.mode === 'optional' && policy.prompt === 'sign-in' && kind === 'sign-up') return 'complete';
    return skipped.includes('turn-on') ? 'complete' : 'turn on';
  }
  // 3
  if (primaries.length === 0) return policy.mode === 'optional' && skipped.includes('setup') ? 'complete' : first;
  // 4
  const anotherKind = primaryTypes.find((type) => primaries.every((one) => one.type !== type));
  const chosen = primaries.filter(({ source }) => source === 'bound');
  if (anotherKind && chosen.length === 0 && !skipped.includes('suggestion')) return 'suggest another';
  // 5 and 6
  return codes;
};

const written = (decision: ReturnType<typeof decide>): string => {
  switch (decision.step) {
    case 'verify-factor':
      return `verify ${decision.factorId}`;
    case 'choose-factor': {
      if (decision.suggestion) return 'suggest another';
      return `choose to ${decision.mode === 'verify' ? 'verify' : 'set up'}${decision.notice ? ' because nothing is held' : ''}`;
    }
    case 'setup-factor':
      return `set up ${decision.factor}${decision.notice ? ' because nothing is held' : ''}`;
    case 'save-backup-codes':
      return 'save codes';
    case 'turn-on':
      return 'turn on';
    case 'enter-password':
      return 'ask for the password';
    case 'enter-pass':
      return 'ask for the pass';
    case 'set-password':
      return 'set the password';
    case 'complete':
      return 'complete';
  }
};

test('every combination comes out as the rules, written down a second time, say', (t) => {
  const counts = new Map<string, number>();
  let rows = 0;
  for (const facts of everyCombination()) {
    const actual = written(decide(facts));
    if (actual !== naive(facts)) assert.equal(actual, naive(facts), JSON.stringify(facts));
    counts.set(actual, (counts.get(actual) ?? 0) + 1);
    rows += 1;
  }
  t.diagnostic(`${rows} rows, ${counts.size} outcomes`);
  assert.ok(rows > 100_000);
  assert.ok(counts.size >= 15, [...counts.keys()].join(', '));
});
