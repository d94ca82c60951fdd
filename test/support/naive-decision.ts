import type { decide, Facts, UsableFactor } from '../../packages/server/src/flow/decide.ts';

/*
 * The rules of docs/flows.md written down a second time: as naively as possible, sentence by sentence, sharing nothing
 * with decide.ts.
 */

/** What is known of a user: a factor, or an address that would be one had anybody proved it. */
export interface Known extends UsableFactor {
  /** Null where a host or an administrator only says so. */
  verifiedAt: number | null;
}

/** The rules once more; what comes out is written as one word. */
export const naive = (facts: Facts, known: readonly Known[]): string => {
  const { kind, requested, configured, proved, policy, mfaEnabled, skipped } = facts;
  // What somebody else says of a user is no factor until the user has proved it.
  const usable = known.filter((one) => one.verifiedAt !== null);
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
  // What was held was guessed at to its end.
  if (facts.locked && proved.length === 0 && (always || isOn)) return 'block';
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

/** What decide.ts gives, as the same word. */
export const written = (decision: ReturnType<typeof decide>): string => {
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
    case 'blocked':
      return 'block';
    case 'complete':
      return 'complete';
  }
};
