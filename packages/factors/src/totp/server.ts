import { readCode } from '@countersign/core/code';
import { CountersignError } from '@countersign/core/errors';
import type { FactorContext, FactorServer, HeldFactor } from '@countersign/core/factor';
import * as v from 'valibot';
import { totpContract, type TotpContract } from './contract.ts';
import { findStep, formatSecret, newSecret, uriOf } from './server-code.ts';

const codeLength = 6;

const keyStage = v.strictObject({ stage: v.literal('key'), sealed: v.string() });
const codeStage = v.strictObject({ stage: v.literal('code'), factorId: v.string() });
const state = v.variant('stage', [keyStage, codeStage]);
type State = v.InferOutput<typeof state>;

const bound = v.strictObject({ secret: v.string() });
const secretOf = ({ data }: HeldFactor): string => v.parse(bound, data).secret;

/** A key, and the time steps that it has served for. */
interface Key {
  secret: string;
  counter: number;
}

/** The key being bound, or the one that is held. */
const keyOf = async ({ secrets, held }: FactorContext, current: State): Promise<Key> => {
  if (current.stage === 'key') return { secret: await secrets.open(current.sealed), counter: 0 };
  const factor = held.find(({ id }) => id === current.factorId);
  // Removed in another tab meanwhile: nothing can be right any more.
  if (!factor) throw new CountersignError('session.mfa.mfa_factor_not_enabled');
  return { secret: secretOf(factor), counter: factor.counter };
};

/** The time step of the code that was typed; throws `session.mfa.invalid_totp_code`. */
const useUpStep = async (context: FactorContext, { secret, counter }: Key, typed: string): Promise<number> => {
  const { secrets, now } = context;
  const code = readCode(typed, codeLength);
  const step = await secrets.guess(typed, async (equal) =>
    findStep(code, { secret, now: now(), after: counter, equal }),
  );
  if (step === null) throw new CountersignError('session.mfa.invalid_totp_code', { path: 'code' });
  return step;
};

/** Codes that an app counts out by the clock (RFC 6238); a user may hold several apps, each with a key of its own. */
export const totp = (): FactorServer<TotpContract, State> => ({
  contract: totpContract,
  amr: ['otp'],
  strength: 2,
  isGuessable: true,
  channels: [],
  state,

  async setup({ secrets }) {
    return { type: 'enter', state: { stage: 'key', sealed: await secrets.seal(newSecret(secrets.random)) } };
  },

  async verify(_context, { id }) {
    return { type: 'enter', state: { stage: 'code', factorId: id } };
  },

  async act(context, current, { code }) {
    const key = await keyOf(context, current);
    const step = await useUpStep(context, key, code);
    if (current.stage === 'code') return { type: 'verified', usedUp: { type: 'counter', to: step } };
    return { type: 'bound', factor: { data: { secret: key.secret }, index: null, counter: step } };
  },

  async present({ secrets, account }, current) {
    if (current.stage === 'code') return { stage: 'code' };
    const secret = await secrets.open(current.sealed);
    return { stage: 'key', secret: formatSecret(secret), uri: uriOf(secret, await account()) };
  },

  /** The day on which it was added, in UTC: nothing else tells two apps apart. */
  target: ({ createdAt }) => new Date(createdAt).toISOString().slice(0, 10),
  isUsable: () => true,
  fromIdentifier: () => null,
});
