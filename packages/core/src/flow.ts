import * as v from 'valibot';
import type { ActionsOf, FactorAction, FactorContract, StageData } from './contract.ts';
import { channel, type CodeStage, typedCode } from './code-stage.ts';
import type { ErrorCode, ErrorDetails } from './errors.ts';
import { identifier, type Identifier, type IdentifierType } from './identifier.ts';

/** What a person may begin without a host: the reference primary authentication. */
export const ownKind = v.picklist(['sign-up', 'sign-in', 'reset-password', 'recover']);
export type OwnKind = v.InferOutput<typeof ownKind>;

/** What a host may begin for a user it knows; in `sign-in` it has proved the first factor itself. */
export const hostKind = v.picklist(['sign-in', 'setup', 'verify']);
export type HostKind = v.InferOutput<typeof hostKind>;

/** What a flow is for. */
export const flowKind = v.picklist(['sign-up', 'sign-in', 'reset-password', 'recover', 'setup', 'verify']);
export type FlowKind = v.InferOutput<typeof flowKind>;

/** Authentication methods (RFC 8176) that a flow has seen. */
export const amr = v.picklist(['pwd', 'sms', 'otp', 'pop', 'user', 'mfa']);
export type Amr = v.InferOutput<typeof amr>;

/** What proves the first factor at sign-in: a password, or a code sent to the address. */
export const signInMethod = v.picklist(['password', 'code']);
export type SignInMethod = v.InferOutput<typeof signInMethod>;

/** What every step carries. */
export interface StepBase {
  /** The entry into the step; a wrong try or a resend keeps it. Each action names the one it answers. */
  id: string;
  /** The actions that the step accepts now. */
  actions: readonly string[];
}

/** A factor as the person sees it; targets are masked. */
export interface HeldFactorView {
  id: string;
  type: string;
  /** For instance `•••• 34`. */
  target: string;
  /** What its owner calls it; null for no name. */
  name: string | null;
}

/** Who is it? Asks for the address that names the user. */
export interface IdentifyStep extends StepBase {
  name: 'identify';
  /** What may name a user, the preferred one first. */
  identifiers: readonly IdentifierType[];
  /**
   * What proves that it is they, the first being what is asked for at once; others are a `switch` away. Where `password`
   * is among them, `identify` may carry it, so that one form serves.
   */
  methods: readonly SignInMethod[];
  /** ISO 3166-1 alpha-2 of the regions that phones may be of; null for all. */
  countries: readonly string[] | null;
  /** Why the person is here again (`user.email_already_in_use`); null at first. */
  notice: ErrorCode | null;
}

/** The code that proves the address; in `sign-in` and `reset-password` it is sent only where somebody has proved it. */
export interface EnterCodeStep extends StepBase, CodeStage {
  name: 'enter-code';
  /** `confirm`: who is signed in already, and has no password, shows that it is still they. */
  purpose: 'sign-up' | 'sign-in' | 'reset-password' | 'confirm';
}

/** Choosing a password. */
export interface SetPasswordStep extends StepBase {
  name: 'set-password';
  /** Whose password it is, for the page's password manager. */
  identifier: Identifier;
  /** In characters (Unicode code points). */
  minLength: number;
  maxLength: number;
}

/** Typing the password, where `identify` came without. */
export interface EnterPasswordStep extends StepBase {
  name: 'enter-password';
  identifier: Identifier;
}

/** Typing the pass that an administrator gave, for whom no factor is left. */
export interface EnterPassStep extends StepBase {
  name: 'enter-pass';
}

/** Asks whether to turn on 2-step verification. */
export interface TurnOnStep extends StepBase {
  name: 'turn-on';
}

/** A list to choose from: factors to set up (`setup`) or held factors to verify with (`verify`). */
export interface ChooseFactorStep extends StepBase {
  name: 'choose-factor';
  mode: 'setup' | 'verify';
  /** In `setup`: the factors that can be set up, by type. */
  available: readonly string[];
  /** In `verify`: the factors held. */
  held: readonly HeldFactorView[];
  /** Another factor beside the one that is on already. */
  suggestion: boolean;
  /** Whether `skip` is accepted. */
  skippable: boolean;
  /** Why the person is here, where that needs saying. */
  notice: ErrorCode | null;
}

/** Binding a factor, or saving backup codes; the rest of the data is the stage's, as the factor's contract says. */
export type SetupFactorStep<C extends FactorContract> = C extends FactorContract
  ? StepBase & {
      name: { primary: 'setup-factor'; backup: 'save-backup-codes' }[C['role']];
      factor: C['type'];
      notice: ErrorCode | null;
    } & StageData<C['setup']>
  : never;

/** Proving a held factor; the rest of the data is the stage's, as the factor's contract says. */
export type VerifyFactorStep<C extends FactorContract> = C extends FactorContract
  ? StepBase & {
      name: 'verify-factor';
      factor: C['type'];
      factorId: string;
      /** For how long this browser may be trusted, if the person wants that; null where it is not offered. */
      trustDevice: { days: number } | null;
    } & StageData<C['verify']>
  : never;

/** Nothing can be done with this factor for now, or with any. */
export interface BlockedStep extends StepBase {
  name: 'blocked';
  /** `factors-locked`: none of the held factors serves any more; what helps is an administrator. */
  reason: 'sends-exhausted' | 'factors-locked';
  /** ISO 8601; when `retry` can succeed; null where it can't. */
  retryAt: string | null;
}

/** What a finished flow gives: a proof for the host that began it; else a session, leave to change something, or nothing. */
export type FlowResult =
  /** `proof`: a JWS, valid for 60 seconds, redeemed once. */
  | { type: 'proof'; proof: string }
  /** `token`: bearer of the session where no browser began the flow; null in browsers, which hold it as a cookie. */
  | { type: 'session'; token: string | null; expiresAt: string }
  /** `token`: allows the one change that the flow was begun for, once, within ten minutes. */
  | { type: 'step-up'; token: string; expiresAt: string }
  | { type: 'none' };

/** The end of a flow. */
export interface CompleteStep extends StepBase {
  name: 'complete';
  result: FlowResult;
  /** The factors that the user holds now. */
  held: readonly HeldFactorView[];
  amr: readonly Amr[];
}

/** Every step, told apart by `name`; the factors' data follow from the contracts given. */
export type Step<C extends FactorContract> =
  | IdentifyStep
  | EnterCodeStep
  | SetPasswordStep
  | EnterPasswordStep
  | EnterPassStep
  | TurnOnStep
  | ChooseFactorStep
  | SetupFactorStep<C>
  | VerifyFactorStep<C>
  | BlockedStep
  | CompleteStep;

/** The one resource of the protocol. */
export interface Flow<C extends FactorContract = FactorContract> {
  id: string;
  kind: FlowKind;
  /** ISO 8601; when the flow ends if nothing more is done. */
  expiresAt: string;
  /** ISO 8601; the server's clock when it answered, against which all other times are to be read. */
  serverTime: string;
  step: Step<C>;
}

/** A password as it is typed; longer ones only cost the server time. */
export const password = v.pipe(v.string(), v.minLength(1), v.maxLength(256));

/** Actions that the engine itself understands; name → payload entries. */
export const engineActions = {
  identify: { identifier, password: v.optional(password) },
  'submit-code': { code: typedCode },
  resend: { channel: v.optional(channel) },
  back: {},
  'set-password': { password },
  'submit-password': { password },
  'submit-pass': { pass: typedCode },
  'turn-on': {},
  choose: {
    factor: v.optional(v.pipe(v.string(), v.maxLength(64))),
    factorId: v.optional(v.pipe(v.string(), v.maxLength(64))),
  },
  skip: {},
  switch: {},
  retry: {},
} as const satisfies Record<string, v.ObjectEntries>;

/** The engine's own actions, told apart by `type`. */
export type EngineAction = ActionsOf<typeof engineActions>;

/** Every action, without its envelope but for the solution of a bot check. */
export type Action<C extends FactorContract> = (EngineAction | FactorAction<C>) & { botCheck?: string };

/**
 * The envelope of an action: which one, its idempotency key (a UUID), and the entry into the step it answers; with the
 * solution of a bot check where one was asked for.
 */
export const actionEnvelope = v.looseObject({
  type: v.pipe(v.string(), v.maxLength(64)),
  id: v.pipe(v.string(), v.uuid()),
  step: v.pipe(v.string(), v.maxLength(64)),
  botCheck: v.optional(v.pipe(v.string(), v.maxLength(4096))),
});

/** The answer to `POST /flows`. */
export interface ClaimedFlow<C extends FactorContract = FactorContract> {
  flow: Flow<C>;
  /** Bearer for this flow alone. */
  token: string;
}

/** Who is signed in, as `GET /session` tells it. */
export interface Session {
  userId: string;
  /** The user's addresses, in full. */
  identifiers: readonly Identifier[];
  amr: readonly Amr[];
  /** ISO 8601; when `amr` was proved. */
  signedInAt: string;
  /** ISO 8601. */
  expiresAt: string;
}

/** A refusal as RFC 9457 problem details. */
export interface Problem<C extends FactorContract = FactorContract> extends ErrorDetails {
  type: string;
  title: string;
  status: number;
  code: ErrorCode;
  /** The flow as it is now, where the request named one. */
  flow?: Flow<C>;
}
