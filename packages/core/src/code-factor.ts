import * as v from 'valibot';
import { channel, type Channel } from './code-stage.ts';
import { CountersignError } from './errors.ts';
import type { Codes, FactorContext, FactorData, FactorMove, FactorServer, HeldFactor, NewFactor } from './factor.ts';
import type { IdentifierType } from './identifier.ts';

/*
 * The server half of every factor that sends a code to an address. The factors differ in what an address is, and in
 * what the step that asks for one tells.
 */

/** What sets one such factor apart. */
export interface CodeFactorKind<A extends IdentifierType = IdentifierType> {
  /** What the codes go to; also the name of the stage that asks for it, and the path of what is wrong with it. */
  address: A;
  /** The ways a code can take; the first where none is asked for. */
  channels: readonly [Channel, ...Channel[]];
  /** The one form that is kept and compared; null when no code can be sent there. */
  read(typed: string, context: FactorContext): string | null;
  mask(address: string): string;
  /** What is kept beside the address; `isTyped` is false where an address becomes a factor that was proved elsewhere. */
  keep?(isTyped: boolean): FactorData;
}

const codeState = v.strictObject({
  stage: v.literal('code'),
  challengeId: v.string(),
  channel,
  /** While binding the person has just typed the address and sees it in full. */
  binding: v.boolean(),
});
type CodeState = v.InferOutput<typeof codeState>;

/** What the step keeps: nothing yet while it asks for the address, then which code was sent. */
export type CodeFactorState<A extends IdentifierType = IdentifierType> = { stage: A } | CodeState;

/** An address that was typed, and the way that the code should take. */
export interface TypedAddress {
  typed: string;
  channel?: Channel | undefined;
}

/** What can be done once a code was sent. */
export type CodeFactorAction =
  { type: 'submit-code'; code: string } | { type: 'resend'; channel?: Channel | undefined } | { type: 'back' };

const addressOf = ({ address }: CodeFactorKind, { data }: HeldFactor): string => v.parse(v.string(), data[address]);

const newFactor = ({ address, keep }: CodeFactorKind, to: string, isTyped: boolean): NewFactor => ({
  data: { [address]: to, ...keep?.(isTyped) },
  index: to,
});

/** An address that a code may go to; any other is refused before anything is sent. */
const accept = async (kind: CodeFactorKind, context: FactorContext, typed: string): Promise<string> => {
  const { address: path } = kind;
  const to = kind.read(typed, context);
  if (to === null) throw new CountersignError(`user.invalid_${path}`, { path });
  if (context.held.some((held) => addressOf(kind, held) === to)) {
    throw new CountersignError(`user.${path}_exists_in_profile`, { path });
  }
  // The same answer as for an unusable address: how many others use it is nobody's business.
  if (!(await context.isIndexOpen(to))) throw new CountersignError(`user.invalid_${path}`, { path });
  return to;
};

/** The engine lets only actions of the current stage through. */
const atCode = (current: CodeFactorState): CodeState => {
  if (current.stage === 'code') return current;
  throw new Error('an action of the code stage came at another stage');
};

const enter = <State>(state: State) => ({ type: 'enter', state }) as const;

const resend = async ({ codes }: FactorContext, current: CodeState, asked: Channel = current.channel) => {
  await codes.resend(current.challengeId, asked);
  return { type: 'stay', state: { ...current, channel: asked } } as const;
};

interface Submitted {
  current: CodeState;
  code: string;
}

const submitCode = async (kind: CodeFactorKind, { codes }: FactorContext, { current, code }: Submitted) => {
  const to = await codes.check(current.challengeId, code);
  if (!current.binding) return { type: 'verified', usedUp: null } as const;
  return { type: 'bound', factor: newFactor(kind, to, true) } as const;
};

/** Sends a code to an address that was typed, and asks for it. */
const submitAddress = async (kind: CodeFactorKind, context: FactorContext, { typed, ...asked }: TypedAddress) => {
  const { channel: way = kind.channels[0] } = asked;
  const destination = await accept(kind, context, typed);
  const request = { channel: way, destination, usage: 'BindMfa', factorId: null } as const;
  return enter({ stage: 'code', challengeId: await context.codes.open(request), channel: way, binding: true } as const);
};

/** Sends a code to the address that is held, and asks for it. */
const verify = async (kind: CodeFactorKind, { codes }: FactorContext, held: HeldFactor) => {
  const way = kind.channels[0];
  const destination = addressOf(kind, held);
  const request = { channel: way, destination, usage: 'MfaVerification', factorId: held.id } as const;
  return enter({ stage: 'code', challengeId: await codes.open(request), channel: way, binding: false } as const);
};

/** What a step that waits for a code shows. */
const presentCode = async ({ mask }: CodeFactorKind, codes: Codes, { challengeId, binding }: CodeState) => {
  const { destination, ...code } = await codes.describe(challengeId);
  return { stage: 'code', ...code, target: binding ? destination : mask(destination) } as const;
};

/** An address to confirm rather than to type; one that is held already is none. */
const suggest = async (kind: CodeFactorKind, { unproved, held }: FactorContext): Promise<string | null> => {
  const known = (await unproved()).filter(({ type }) => type === kind.address);
  return known.find(({ value }) => held.every((factor) => addressOf(kind, factor) !== value))?.value ?? null;
};

const act = async <A extends IdentifierType>(
  kind: CodeFactorKind<A>,
  context: FactorContext,
  { current, action }: { current: CodeFactorState; action: CodeFactorAction },
): Promise<FactorMove<CodeFactorState<A>>> => {
  switch (action.type) {
    case 'back':
      return enter({ stage: kind.address });
    case 'resend':
      return resend(context, atCode(current), action.channel);
    case 'submit-code':
      return submitCode(kind, context, { current: atCode(current), code: action.code });
  }
};

/** What is the same for each of them; a factor adds its contract, and how it asks for the address. */
export const codeFactor = <A extends IdentifierType>(kind: CodeFactorKind<A>) => {
  const { address, channels, mask } = kind;
  return {
    /** Goes into the factor as it is. */
    shared: {
      strength: 1,
      isGuessable: true,
      channels,
      state: v.variant('stage', [v.strictObject({ stage: v.literal(address) }), codeState]),
      setup: async () => enter({ stage: address }),
      verify: (context, held) => verify(kind, context, held),
      target: (held) => mask(addressOf(kind, held)),
      contact: (held) => ({ channel: channels[0], to: addressOf(kind, held) }),
      isUsable: () => true,
      fromIdentifier: ({ type, value }) => (type === address ? newFactor(kind, value, false) : null),
    } satisfies Partial<FactorServer>,
    suggest: (context: FactorContext) => suggest(kind, context),
    submitAddress: (context: FactorContext, given: TypedAddress) => submitAddress(kind, context, given),
    act: (context: FactorContext, current: CodeFactorState<A>, action: CodeFactorAction) =>
      act(kind, context, { current, action }),
    presentCode: (codes: Codes, current: CodeState) => presentCode(kind, codes, current),
  };
};
