import type { GenericSchema } from 'valibot';
import type { Channel, CodeStage } from './code-stage.ts';
import type { FactorAction, FactorContract, StageData } from './contract.ts';
import type { CountersignError } from './errors.ts';
import type { Usage } from './connector.ts';
import type { Amr } from './flow.ts';
import type { Identifier } from './identifier.ts';
import type { Reach } from './phone.ts';

/** JSON that a factor keeps about a binding, sealed at rest; only the factor knows its shape. */
export type FactorData = Record<string, string | number | boolean | null>;

/** A factor that a user holds. */
export interface HeldFactor {
  id: string;
  type: string;
  data: FactorData;
  /** Unix milliseconds. */
  createdAt: number;
  /** Unix milliseconds of the last verification; null when it was only bound. */
  lastUsedAt: number | null;
  /** Marks of what served once and is used up. */
  spent: readonly string[];
  /** The highest value that has served, where the factor counts upwards (time steps, signatures); 0 before any. */
  counter: number;
}

/** A factor about to be bound. */
export interface NewFactor {
  data: FactorData;
  /** What makes two bindings the same (an E.164 number), for the blind index; null when nothing does. */
  index: string | null;
  /** Whether nobody else may hold one under this index; the commit that binds sees to that. Default: false. */
  isSole?: boolean;
  /** The value that the binding itself used up, where the factor counts upwards. Default: 0. */
  counter?: number;
  /** Ids of held factors that are gone the moment this one is there. Default: none. */
  replaces?: readonly string[];
}

/** An address that this user has proved. */
export interface ProvedIdentifier extends Identifier {
  /** Unix milliseconds. */
  verifiedAt: number;
}

/** A code to be sent. */
export interface CodeRequest {
  channel: Channel;
  destination: string;
  usage: Usage;
  /** The factor that is verified; null while it is being bound. */
  factorId: string | null;
}

/**
 * The engine's codes, lent to a factor for one request. Limits, waits, counting and reuse are the engine's;
 * a factor only says where a code should go and hands in what was typed.
 */
export interface Codes {
  /**
   * Sees to it that a code is on its way and gives the challenge's id. An unused code that lives a minute more and has
   * tries left is reused; while the wait runs nothing is sent and the last challenge stands.
   */
  open(request: CodeRequest): Promise<string>;
  /** Makes a new code; the old one dies. Throws `connector.rate_limit_exceeded` while the wait runs. */
  resend(challengeId: string, channel: Channel): Promise<void>;
  /** Counts a try, then compares; gives the destination that the code proves. Throws the `verification_code.*` errors. */
  check(challengeId: string, typed: string): Promise<string>;
  /** What a step may tell of the challenge, and the destination to be masked or shown. */
  describe(challengeId: string): Promise<Omit<CodeStage, 'target'> & { destination: string }>;
}

/** What a guess can be compared by; had only by whoever has paid for it with a counted try. */
export interface Judge {
  /** Compares hashes in a time that does not depend on where they differ. */
  equal(a: string, b: string): boolean;
  /** The place of the hash of this text among those kept under the salt, whichever slow hash made them; -1 for none. */
  find(text: string, salt: string, hashes: readonly string[]): Promise<number>;
}

/** What must be read again in this flow, or compared with later, lent to a factor for one request. */
export interface Secrets {
  /** Cryptographically secure bytes. */
  random(size: number): Uint8Array;
  /** Seals text for this flow; only what `seal` of the same flow gave opens again. */
  seal(text: string): Promise<string>;
  open(sealed: string): Promise<string>;
  /** Slow keyed hash (Argon2id and a pepper) of what a person types; `salt` is base64url, at least 16 bytes. */
  hash(text: string, salt: string): Promise<string>;
  /**
   * Counts a wrong guess, committed before `judge` compares anything, and takes it back where `judge` gives more than
   * null. Throws `session.verification_blocked_too_many_attempts` while a wait runs, and `session.mfa.factor_locked`.
   */
  guess<T>(typed: string, judge: (by: Judge) => Promise<T | null>): Promise<T | null>;
}

/** Whose factor it is, as an authenticator may keep it. */
export interface Account {
  userId: string;
  /** An address of the user's; the id where none is known. */
  name: string;
  /** Under which the operator's app is known to people. */
  appName: string;
}

/** What a factor is lent for one request. */
export interface FactorContext extends Reach {
  codes: Codes;
  secrets: Secrets;
  account(): Promise<Account>;
  /** The user's addresses that nobody has proved yet, oldest first; worth suggesting, and nothing more. */
  unproved(): Promise<Identifier[]>;
  /** Unix milliseconds. */
  now(): number;
  /** Origin of the page that the person is on; null outside browsers. */
  origin: string | null;
  /** The user's factors of this type. */
  held: readonly HeldFactor[];
  /** Those of them that may serve in this flow. */
  usable: readonly HeldFactor[];
  /** Whether one more user may bind this index; at most `users` do. Default: five. */
  isIndexOpen(index: string, users?: number): Promise<boolean>;
}

/**
 * One mark of many, or every value up to this one; of two requests that use up the same, one succeeds. `left`: how many
 * marks can still serve after this one, which the user is told.
 */
export type UsedUp = { type: 'mark'; mark: string; left: number } | { type: 'counter'; to: number };

/** What a factor answers: show a stage (`enter` as a new step, `stay` on this one), or the step is done. */
export type FactorMove<State> =
  | { type: 'enter'; state: State }
  | { type: 'stay'; state: State }
  /** `amr`: what it proved this time, where that is not always the same. Default: the factor's. */
  | { type: 'bound'; factor: NewFactor; amr?: readonly Amr[] }
  /** The failure is told, and what it used up is committed with it. */
  | { type: 'refuse'; state: State; error: CountersignError }
  /**
   * `usedUp`: what must not serve again; null for nothing. `factorId`: the one of those held that it was, where the
   * step takes more than one. Default: the step's. `amr` as when it is bound. `data`: what is kept of it from now on,
   * where that has changed.
   */
  | { type: 'verified'; usedUp: UsedUp | null; factorId?: string; amr?: readonly Amr[]; data?: FactorData };

/** What a factor keeps about a step in the flow row; `stage` names the stage of the contract that the step is at. */
export interface FactorState {
  stage: string;
}

/** The server half of a factor. */
export interface FactorServer<C extends FactorContract = FactorContract, State extends FactorState = FactorState> {
  contract: C;
  /** What verifying (or binding) proves, in the terms of RFC 8176, unless its answer says otherwise. */
  amr: readonly Amr[];
  /** The channels that its codes can travel by; the first needs a connector before the factor can be switched on. */
  channels: readonly Channel[];
  /** The factor's private state in the flow row, checked each time it is read. */
  state: GenericSchema<unknown, State>;
  /** Enters the binding of a new factor. */
  setup(context: FactorContext): Promise<FactorMove<State>>;
  /** Enters the verification of a held factor. */
  verify(context: FactorContext, held: HeldFactor): Promise<FactorMove<State>>;
  /** Answers an action that the current stage accepts. */
  act(context: FactorContext, state: State, action: FactorAction<C>): Promise<FactorMove<State>>;
  /** The public data of the step. */
  present(context: FactorContext, state: State): Promise<StageData<C['setup']> | StageData<C['verify']>>;
  /** How a held factor is shown, masked. */
  target(held: HeldFactor): string;
  /**
   * How much it withstands: 0 codes on paper, 1 codes that are sent, 2 codes made on a device, 3 what can't be phished.
   * A factor may be removed with one at least as strong; what can't be phished is asked for before what was used last,
   * unless the operator turned that off.
   */
  strength: 0 | 1 | 2 | 3;
  /** Whether its codes are short enough to be guessed: guesses at all such factors of a user are counted together. */
  isGuessable: boolean;
  /** Where its owner can be written to; null or left out where it is no address. */
  contact?(held: HeldFactor): { channel: Channel; to: string } | null;
  /** Whether there is anything left to verify with. */
  isUsable(held: HeldFactor): boolean;
  /** The factor that a proved address is, so that nobody proves it twice; null where it is none. */
  fromIdentifier(identifier: ProvedIdentifier): NewFactor | null;
}
