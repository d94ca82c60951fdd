import type { FactorMove, FactorState, HeldFactor, UsedUp } from '@countersign/core/factor';
import { endAll } from '../account/change.ts';
import { isOfIdentifier } from '../account/factors.ts';
import { codeUsed } from '../account/notify.ts';
import { randomId } from '../crypto/random.ts';
import type { Position, ProvedFactor } from '../store/rows.ts';
import { bindProved } from './factors/bind-proved.ts';
import { complete } from './complete.ts';
import { type Decision, decide, type Facts } from './decide.ts';
import { isTrusted, trustDevice, trustOffer } from './device.ts';
import { type Draft, userIdOf } from './draft.ts';
import { factorContext } from './factors/factor-context.ts';
import { addFactor, heldRows, isLocked, keepData, usableFactors } from './factors/held.ts';
import { openFactors } from './factors/open.ts';
import { confirmAddress } from './primary/address-code.ts';
import { policyOf } from './policy.ts';
import { isSigningIn } from './signing-in.ts';
import { factorOf, type FactorPosition } from './factors/step-of-factor.ts';
import { userOf } from './user.ts';

type Entered = Position extends infer P ? (P extends { id: string } ? Omit<P, 'id'> : never) : never;

/** Enters a step anew. */
export const enterStep = (draft: Draft, position: Entered): void => {
  draft.flow.position = { ...position, id: randomId(draft.parts.random, 'stp') } as Position;
  draft.entered = true;
};

const prove = (draft: Draft, proved: ProvedFactor, amr: ProvedFactor['amr']): void => {
  draft.flow.proved = [...draft.flow.proved, { ...proved, ...(amr && { amr }) }];
};

/** What a factor answers; null where a guard has barred it meanwhile. */
const unlessBarred = async <State>({ flow }: Draft, answer: Promise<State>): Promise<State | null> => {
  const before = flow.barred;
  return answer.catch((error: unknown) => {
    if (flow.barred === before) throw error;
    return null;
  });
};

/** Enters the verification of a held factor; for code factors this sends, unless a code is on its way. */
export const enterVerify = async (draft: Draft, held: HeldFactor): Promise<void> => {
  const context = await factorContext(draft, held.type);
  const move = await unlessBarred(draft, factorOf(draft.parts, held.type).verify(context, held));
  // What else is held is asked for; nothing that was barred is open any more, so this comes to an end.
  if (move === null) return enterNext(draft);
  const position = { name: 'verify-factor', id: '', factor: held.type, factorId: held.id, state: null } as const;
  await applyMove(draft, position, move);
};

/** Enters the binding of a new factor. */
export const enterSetup = async (
  draft: Draft,
  {
    step: name,
    factor,
    notice,
  }: { step: 'setup-factor' | 'save-backup-codes' } & Pick<FactorPosition, 'factor'> & {
      notice: Extract<Decision, { step: 'setup-factor' }>['notice'];
    },
): Promise<void> => {
  const move = await factorOf(draft.parts, factor).setup(await factorContext(draft, factor));
  await applyMove(draft, { name, id: '', factor, notice, state: null }, move);
};

const factsOf = async (draft: Draft): Promise<Facts> => {
  const { parts, settings, flow } = draft;
  const usable = await usableFactors(draft);
  const rows = await heldRows(draft);
  const { mfaEnabled, skipped, defaultFactor } = await userOf(draft);
  return {
    kind: flow.kind,
    requested: flow.factor,
    configured: settings.factors.map((type) => {
      const { contract, strength } = factorOf(parts, type);
      return { type, role: contract.role, strength };
    }),
    preferPasskey: settings.preferPasskey,
    usable: rows.filter(({ id }) => usable.some((held) => held.id === id)),
    locked: rows.some((row) => isLocked(row) && settings.factors.includes(row.type)),
    open: (await openFactors(draft)).map(({ id }) => id),
    defaultFactor,
    trusted: await isTrusted(draft),
    firstFactor: flow.firstFactor !== null,
    isStepUp: flow.sessionId !== null,
    proved: flow.proved,
    policy: await policyOf(draft),
    mfaEnabled,
    skipped: [...skipped, ...flow.skipped],
  };
};

const enterHeld = async (draft: Draft, factorId: string): Promise<void> => {
  const held = (await openFactors(draft)).find(({ id }) => id === factorId);
  if (!held) throw new Error('the rules chose a factor that the user does not hold');
  await enterVerify(draft, held);
};

/** Who is signed in and has no password shows by a code that it is still they. */
const enterFirstFactor = async (draft: Draft): Promise<void> => {
  const { passwordHash } = await userOf(draft);
  const code = passwordHash === null ? await confirmAddress(draft) : null;
  enterStep(draft, code ?? { name: 'enter-password' });
};

/** Enters the step that the rules say comes next. */
export const enterNext = async (draft: Draft): Promise<void> => {
  if (isSigningIn(draft.flow)) await bindProved(draft);
  const decision = decide(await factsOf(draft));
  switch (decision.step) {
    case 'enter-password':
      return enterFirstFactor(draft);
    case 'blocked':
      return enterStep(draft, { name: 'blocked', reason: 'factors-locked' });
    case 'turn-on':
    case 'enter-pass':
    case 'set-password':
      return enterStep(draft, { name: decision.step });
    case 'choose-factor': {
      const { mode, suggestion, notice } = decision;
      return enterStep(draft, { name: 'choose-factor', mode, suggestion, notice });
    }
    case 'setup-factor':
      return enterSetup(draft, decision);
    case 'save-backup-codes':
      return enterSetup(draft, { ...decision, notice: null });
    case 'verify-factor':
      return enterHeld(draft, decision.factorId);
    case 'complete':
      return complete(draft);
  }
};

/** An address that gave way to another factor is not made one again by the next sign-in. */
const keepReplacedAway = async (draft: Draft, userId: string): Promise<void> => {
  const replaced = (await heldRows(draft)).find(({ id }) => id === draft.flow.replaces);
  if (!replaced || !(await isOfIdentifier(draft.parts, replaced))) return;
  draft.writes.push({ type: 'skip', userId, mark: 'bind-proved' });
};

type Bound = Extract<FactorMove<FactorState>, { type: 'bound' }>;

const bind = async (draft: Draft, type: string, { factor: bound, amr }: Bound): Promise<void> => {
  const { flow, writes } = draft;
  const userId = userIdOf(draft);
  await keepReplacedAway(draft, userId);
  const replaces = [...(bound.replaces ?? []), ...(flow.replaces === null ? [] : [flow.replaces])];
  const { id: factorId } = await addFactor(draft, { type, source: 'bound' }, { ...bound, replaces });
  writes.push({ type: 'turn-on', userId });
  const onFirstFactorAlone = flow.kind !== 'sign-up' && flow.proved.length === 0;
  const onPass = flow.kind === 'recover' && !flow.proved.some(({ by }) => by === 'bound');
  if (flow.kind === 'setup' || onFirstFactorAlone || onPass)
    draft.notices.push({ type: 'factor-added', factorId, replaced: flow.replaces });
  if (flow.kind === 'setup') writes.push({ type: 'forget-devices', userId, id: null });
  if (onPass) writes.push(...endAll(userId, flow.id));
  // A host ends its own sessions; it does not say which of ours it stands in.
  if (flow.sessionId !== null) writes.push({ type: 'end-sessions', userId, except: flow.sessionId });
  prove(draft, { type, factorId, by: 'bound' }, amr);
};

type Verified = Extract<FactorMove<FactorState>, { type: 'verified' }>;

const useUp = (draft: Draft, factorId: string, used: UsedUp): void => {
  if (used.type === 'counter') {
    draft.writes.push({ type: 'advance', factorId, to: used.to });
    return;
  }
  draft.writes.push({ type: 'spend', factorId, mark: used.mark, at: draft.parts.now() });
  draft.notices.push(codeUsed(factorId, used.left));
};

const verified = async (
  draft: Draft,
  position: FactorPosition,
  { usedUp, amr, data, factorId = position.name === 'verify-factor' ? position.factorId : '' }: Verified,
): Promise<void> => {
  draft.writes.push({ type: 'use-factor', id: factorId, at: draft.parts.now() });
  if (usedUp !== null) useUp(draft, factorId, usedUp);
  if (data) await keepData(draft, factorId, data);
  const offer = draft.trust ? trustOffer(draft, position.factor) : null;
  if (offer) await trustDevice(draft, offer);
  prove(draft, { type: position.factor, factorId, by: 'verified' }, amr);
};

/** Carries out what a factor answered. */
export const applyMove = async (
  draft: Draft,
  position: FactorPosition,
  move: FactorMove<FactorState>,
): Promise<void> => {
  switch (move.type) {
    case 'enter': {
      const { id: _before, ...entered } = position;
      return enterStep(draft, { ...entered, state: move.state });
    }
    case 'stay':
      draft.flow.position = { ...position, state: move.state };
      return;
    case 'refuse':
      draft.flow.position = { ...position, state: move.state };
      draft.refusal = move.error;
      return;
    case 'bound':
      await bind(draft, position.factor, move);
      return enterNext(draft);
    case 'verified':
      await verified(draft, position, move);
      return enterNext(draft);
  }
};
