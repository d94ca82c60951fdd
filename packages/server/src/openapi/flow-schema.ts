import { codeStage } from '@countersign/core/code-stage';
import type { FactorContract, Stage } from '@countersign/core/contract';
import { type ErrorCode, errorKinds } from '@countersign/core/errors';
import { actionEnvelope, amr, engineActions, flowKind, signInMethod } from '@countersign/core/flow';
import { identifier, identifierType } from '@countersign/core/identifier';
import * as v from 'valibot';

const time = v.pipe(v.string(), v.isoTimestamp());
const region = v.pipe(v.string(), v.regex(/^[A-Z]{2}$/u));

const codes = Object.keys(errorKinds) as [ErrorCode, ...ErrorCode[]];

/** Every code that a problem may have. */
export const errorCode = v.picklist(codes);

const base = { id: v.string(), actions: v.array(v.string()) };
const step = <Name extends string, Entries extends v.ObjectEntries>(name: Name, entries: Entries) =>
  v.strictObject({ name: v.literal(name), ...base, ...entries });

const heldFactor = v.strictObject({
  id: v.string(),
  type: v.string(),
  target: v.string(),
  name: v.nullable(v.string()),
});

const result = v.variant('type', [
  v.strictObject({ type: v.literal('proof'), proof: v.string() }),
  v.strictObject({ type: v.literal('session'), token: v.nullable(v.string()), expiresAt: time }),
  v.strictObject({ type: v.literal('step-up'), token: v.string(), expiresAt: time }),
  v.strictObject({ type: v.literal('none') }),
]);

const engineSteps = [
  step('identify', {
    identifiers: v.array(identifierType),
    methods: v.array(signInMethod),
    countries: v.nullable(v.array(region)),
    notice: v.nullable(errorCode),
  }),
  step('enter-code', { purpose: v.picklist(['sign-up', 'sign-in', 'reset-password', 'confirm']), ...codeStage }),
  step('set-password', { identifier, minLength: v.number(), maxLength: v.number() }),
  step('enter-password', { identifier }),
  step('enter-pass', {}),
  step('turn-on', {}),
  step('choose-factor', {
    mode: v.picklist(['setup', 'verify']),
    available: v.array(v.string()),
    held: v.array(heldFactor),
    suggestion: v.boolean(),
    skippable: v.boolean(),
    notice: v.nullable(errorCode),
  }),
  step('blocked', { reason: v.picklist(['sends-exhausted', 'factors-locked']), retryAt: v.nullable(time) }),
  step('complete', { result, held: v.array(heldFactor), amr: v.array(amr) }),
] as const;

const stagesOf = (stages: FactorContract['setup']): [string, Stage][] => Object.entries(stages);

const setupSteps = ({ type, role, setup }: FactorContract) =>
  stagesOf(setup).map(([stage, { carries }]) =>
    step(role === 'backup' ? 'save-backup-codes' : 'setup-factor', {
      factor: v.literal(type),
      stage: v.literal(stage),
      notice: v.nullable(errorCode),
      ...carries,
    }),
  );

const verifySteps = ({ type, verify }: FactorContract) =>
  stagesOf(verify).map(([stage, { carries }]) =>
    step('verify-factor', {
      factor: v.literal(type),
      factorId: v.string(),
      stage: v.literal(stage),
      trustDevice: v.nullable(v.strictObject({ days: v.number() })),
      ...carries,
    }),
  );

/** A flow as it is answered, with the steps of these factors. */
export const flowSchema = (contracts: readonly FactorContract[]) =>
  v.strictObject({
    id: v.string(),
    kind: flowKind,
    expiresAt: time,
    serverTime: time,
    step: v.union([...engineSteps, ...contracts.flatMap(setupSteps), ...contracts.flatMap(verifySteps)]),
  });

type Payloads = Readonly<Record<string, v.ObjectEntries>>;

const actionsOf = (payloads: Payloads) =>
  Object.entries(payloads).map(([type, entries]) =>
    v.strictObject({ ...actionEnvelope.entries, type: v.literal(type), ...entries }),
  );

const withTrust = (accepts: Payloads): Payloads =>
  Object.fromEntries(Object.entries(accepts).map(([type, entries]) => [type, { ...entries, trust: v.boolean() }]));

/** Every action of the engine and of these factors; actions that two stages share are listed once. */
export const actionSchema = (contracts: readonly FactorContract[]) => {
  const stages = contracts.flatMap(({ setup, verify }) => [...stagesOf(setup), ...stagesOf(verify)]);
  const trusting = contracts.flatMap(({ verify }) => stagesOf(verify)).map(([, { accepts }]) => withTrust(accepts));
  const payloads: Payloads = Object.assign({}, ...stages.map(([, { accepts }]) => accepts), engineActions);
  return v.union([...actionsOf(payloads), ...trusting.flatMap(actionsOf)]);
};

/** A refusal, with the flow as it then is where the request named one. */
export const problemSchema = (contracts: readonly FactorContract[]) =>
  v.strictObject({
    type: v.string(),
    title: v.string(),
    status: v.number(),
    code: errorCode,
    attemptsLeft: v.optional(v.number()),
    retryAfter: v.optional(v.number()),
    reason: v.optional(v.string()),
    challenge: v.optional(v.strictObject({ type: v.string(), payload: v.string() })),
    path: v.optional(v.string()),
    detail: v.optional(v.string()),
    flow: v.optional(flowSchema(contracts)),
  });

/** Who is signed in. */
export const sessionSchema = v.strictObject({
  userId: v.string(),
  identifiers: v.array(identifier),
  amr: v.array(amr),
  signedInAt: time,
  expiresAt: time,
});
