import type { FactorContract } from '@countersign/core/contract';
import type { ErrorCode } from '@countersign/core/errors';
import type { FactorServer } from '@countersign/core/factor';
import type { FlowKind } from '@countersign/core/flow';
import type { Policy } from '../settings/schema.ts';
import type { FactorRow, ProvedFactor, SkipMark } from '../store/rows.ts';

/** A held factor that the user can verify with. */
export type UsableFactor = Pick<FactorRow, 'id' | 'type' | 'lastUsedAt' | 'source'>;

/** What the decision looks at; nothing else may matter. */
export interface Facts {
  kind: FlowKind;
  /** The factor that the host named; null for any. */
  requested: string | null;
  /** Factors that are on, in the operator's order. */
  configured: readonly (Pick<FactorContract, 'type' | 'role'> & Pick<FactorServer, 'strength'>)[];
  /** Whether what can't be phished is asked for first. */
  preferPasskey: boolean;
  /** Factors that are on, held, and not used up. */
  usable: readonly UsableFactor[];
  /** Whether a factor that is on and held was guessed at so often that it no longer serves. */
  locked: boolean;
  /** Ids of those that may serve in this flow: not what is to be shown to be weaker, nor what the first step proved. */
  open: readonly string[];
  /** The factor that the user wants to be asked for; null for none in particular. */
  defaultFactor: string | null;
  /** Whether this browser is trusted by the user. */
  trusted: boolean;
  /** Whether a first factor was proved, here or at the host; a session alone proves nothing new. */
  firstFactor: boolean;
  /** Whether a change of the account waits for this. */
  isStepUp: boolean;
  /** Factors proved in this flow. */
  proved: readonly ProvedFactor[];
  policy: Policy;
  /** Whether the user turned 2-step verification on. */
  mfaEnabled: boolean;
  /** What was declined, in this flow or for good. */
  skipped: readonly SkipMark[];
}

/** The step that comes next. */
export type Decision =
  | { step: 'turn-on' }
  | { step: 'choose-factor'; mode: 'setup' | 'verify'; suggestion: boolean; notice: ErrorCode | null }
  | { step: 'setup-factor'; factor: string; notice: ErrorCode | null }
  | { step: 'save-backup-codes'; factor: string }
  | { step: 'verify-factor'; factorId: string }
  | { step: 'blocked' }
  | { step: 'enter-password' | 'enter-pass' | 'set-password' }
  | { step: 'complete' };

/** A factor is what these are about, whatever the policy. */
const isForFactor = ({ kind }: Facts): boolean => kind === 'setup' || kind === 'verify';

/** Whether the user has to verify: the policy says so, or the user does. */
const isOn = ({ policy, mfaEnabled }: Facts): boolean => policy.mode === 'mandatory' || mfaEnabled;

const ofRole = ({ configured }: Facts, role: FactorContract['role']): string[] =>
  configured.filter((factor) => factor.role === role).map(({ type }) => type);

const heldPrimary = (facts: Facts): UsableFactor[] => {
  const types = ofRole(facts, 'primary');
  return facts.usable.filter(({ type }) => types.includes(type));
};

const lastUsed = (factors: readonly UsableFactor[]): UsableFactor | undefined =>
  factors
    .filter(({ lastUsedAt }) => lastUsedAt !== null)
    .toSorted((a, b) => (b.lastUsedAt ?? 0) - (a.lastUsedAt ?? 0))[0];

const onlyOne = <Item>(items: readonly Item[]): Item | undefined => (items.length === 1 ? items[0] : undefined);

const preferred = ({ configured, preferPasskey }: Facts, primary: readonly UsableFactor[]): UsableFactor[] => {
  const unphishable = configured.filter(({ strength }) => strength === 3).map(({ type }) => type);
  return preferPasskey ? primary.filter(({ type }) => unphishable.includes(type)) : [];
};

/**
 * The factor that the user chose for it; else what can't be phished; else the primary factor last used to verify (binding
 * is not use); else the only primary one; else the only one of all; else the person chooses and nothing is sent.
 */
const verification = (facts: Facts): Decision => {
  const isOpen = ({ id }: UsableFactor): boolean => facts.open.includes(id);
  if (!facts.usable.some(isOpen)) return { step: 'blocked' };
  const primary = heldPrimary(facts).filter(isOpen);
  const wanted = primary.find(({ id }) => id === facts.defaultFactor);
  const first = preferred(facts, primary);
  const factor =
    wanted ??
    lastUsed(first) ??
    first[0] ??
    lastUsed(primary) ??
    onlyOne(primary) ??
    onlyOne(facts.usable.filter(isOpen));
  return factor
    ? { step: 'verify-factor', factorId: factor.id }
    : { step: 'choose-factor', mode: 'verify', suggestion: false, notice: null };
};

const firstFactor = (facts: Facts, notice: ErrorCode | null): Decision => {
  const factor = onlyOne(ofRole(facts, 'primary'));
  return factor
    ? { step: 'setup-factor', factor, notice }
    : { step: 'choose-factor', mode: 'setup', suggestion: false, notice };
};

/** Codes to fall back on, once there is something to fall back from; none where unused ones are left. */
const backup = (facts: Facts): Decision => {
  const missing = ofRole(facts, 'backup').find((type) => !facts.usable.some((held) => held.type === type));
  return missing !== undefined && heldPrimary(facts).length > 0
    ? { step: 'save-backup-codes', factor: missing }
    : { step: 'complete' };
};

const isAskedFor = ({ policy, kind, skipped }: Facts): boolean => {
  if (policy.mode === 'mandatory') return true;
  const isTime = policy.prompt === 'sign-in-and-sign-up' || (policy.prompt === 'sign-in' && kind === 'sign-in');
  return isTime && !skipped.includes('turn-on');
};

/** Setting up within a sign-up or sign-in, once verification is done or not needed. */
const setUpIfAsked = (facts: Facts): Decision => {
  const primary = ofRole(facts, 'primary');
  const held = heldPrimary(facts);
  if (primary.length === 0) return { step: 'complete' };
  if (!isOn(facts)) return isAskedFor(facts) ? { step: 'turn-on' } : { step: 'complete' };
  if (held.length === 0) {
    const declined = facts.policy.mode === 'optional' && facts.skipped.includes('setup');
    return declined ? { step: 'complete' } : firstFactor(facts, null);
  }
  const others = primary.some((type) => !held.some((factor) => factor.type === type));
  const onlyByIdentifier = held.every(({ source }) => source === 'identifier');
  if (onlyByIdentifier && others && !facts.skipped.includes('suggestion')) {
    return { step: 'choose-factor', mode: 'setup', suggestion: true, notice: null };
  }
  return backup(facts);
};

/** Adding a factor because the person, or the host, asked for it. */
const setUp = (facts: Facts): Decision => {
  const { requested, proved } = facts;
  if (proved.some(({ by }) => by === 'bound')) return backup(facts);
  const isBackup = requested !== null && ofRole(facts, 'backup').includes(requested);
  if (requested === null || (isBackup && heldPrimary(facts).length === 0)) return firstFactor(facts, null);
  return isBackup
    ? { step: 'save-backup-codes', factor: requested }
    : { step: 'setup-factor', factor: requested, notice: null };
};

/** A held factor, or a first one where none is held; a change of the account needs no more than the password then. */
const verify = (facts: Facts): Decision => {
  if (facts.isStepUp) return { step: 'complete' };
  if (facts.proved.length === 0) return firstFactor(facts, 'session.mfa.mfa_factor_not_enabled');
  return facts.proved.some(({ by }) => by === 'bound') ? backup(facts) : { step: 'complete' };
};

/** Where no factor is left: a pass, then a new factor, before anybody is signed in. */
const recover = (facts: Facts): Decision => {
  if (!facts.proved.some(({ by }) => by === 'passed')) return { step: 'enter-pass' };
  return facts.proved.some(({ by }) => by === 'bound') ? backup(facts) : firstFactor(facts, null);
};

/** A trusted browser stands for the second factor in signing in, and nowhere else. */
const isTrusted = ({ kind, trusted, proved }: Facts): boolean => kind === 'sign-in' && trusted && proved.length === 0;

/**
 * What a flow asks next. `verify` wants any held factor, or a first one where none is held; `setup` wants a held factor
 * before a new one may be bound, so that a stolen first factor alone can't add a phone; the others verify when 2-step
 * verification is on. Then `sign-up` and `sign-in` set up what policy and person want, and a reset sets the password.
 */
export const decide = (facts: Facts): Decision => {
  const { kind, usable, proved } = facts;
  if (kind === 'recover') return recover(facts);
  // Nothing is bound on the word of a trusted browser either: what was left out is asked another time.
  if (usable.length > 0 && isOn(facts) && isTrusted(facts)) return { step: 'complete' };
  if (usable.length > 0 && proved.length === 0 && (isForFactor(facts) || isOn(facts))) return verification(facts);
  // Guessing a factor to its end must not open the way to binding another one.
  if (facts.locked && proved.length === 0 && (isForFactor(facts) || isOn(facts))) return { step: 'blocked' };
  if (!facts.firstFactor && proved.length === 0 && isForFactor(facts)) return { step: 'enter-password' };
  switch (kind) {
    case 'setup':
      return setUp(facts);
    case 'verify':
      return verify(facts);
    case 'reset-password':
      return { step: 'set-password' };
    default:
      return setUpIfAsked(facts);
  }
};
