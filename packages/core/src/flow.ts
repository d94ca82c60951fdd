import * as v from 'valibot';
import type { FactorAction, FactorContract, StageData } from './contract.ts';
import type { ErrorCode, ErrorDetails } from './errors.ts';

/** What a flow is for. */
export const flowKind = v.picklist(['setup', 'verify']);
export type FlowKind = v.InferOutput<typeof flowKind>;

/** Authentication methods (RFC 8176) that a flow has seen. */
export const amr = v.picklist(['pwd', 'sms', 'otp', 'pop', 'user', 'mfa']);
export type Amr = v.InferOutput<typeof amr>;

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
}

/** A list to choose from: factors to set up (`setup`) or held factors to verify with (`verify`). */
export interface ChooseFactorStep extends StepBase {
  name: 'choose-factor';
  mode: 'setup' | 'verify';
  /** In `setup`: the factors that can be set up, by type. */
  available: readonly string[];
  /** In `verify`: the factors held. */
  held: readonly HeldFactorView[];
  /** Why the person is here, where that needs saying. */
  notice: ErrorCode | null;
}

/** Binding a factor; the rest of the data is the stage's, as the factor's contract says. */
export type SetupFactorStep<C extends FactorContract> = C extends FactorContract
  ? StepBase & {
      name: 'setup-factor';
      factor: C['type'];
      notice: ErrorCode | null;
    } & StageData<C['setup']>
  : never;

/** Proving a held factor; the rest of the data is the stage's, as the factor's contract says. */
export type VerifyFactorStep<C extends FactorContract> = C extends FactorContract
  ? StepBase & { name: 'verify-factor'; factor: C['type']; factorId: string } & StageData<C['verify']>
  : never;

/** Nothing can be done with this factor for now. */
export interface BlockedStep extends StepBase {
  name: 'blocked';
  reason: 'sends-exhausted';
  /** ISO 8601; when `retry` can succeed. */
  retryAt: string;
}

/** What a finished flow gives: a proof for the host that began it. */
export interface FlowResult {
  type: 'proof';
  /** A JWS, valid for 60 seconds, redeemed once. */
  proof: string;
}

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
  ChooseFactorStep | SetupFactorStep<C> | VerifyFactorStep<C> | BlockedStep | CompleteStep;

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

/** Actions that the engine itself understands; name → payload entries. */
export const engineActions = {
  choose: {
    factor: v.optional(v.pipe(v.string(), v.maxLength(64))),
    factorId: v.optional(v.pipe(v.string(), v.maxLength(64))),
  },
  switch: {},
  retry: {},
} as const satisfies Record<string, v.ObjectEntries>;

/** The engine's own actions, told apart by `type`. */
export type EngineAction =
  { type: 'choose'; factor: string } | { type: 'choose'; factorId: string } | { type: 'switch' } | { type: 'retry' };

/** Every action, without its envelope. */
export type Action<C extends FactorContract> = EngineAction | FactorAction<C>;

/** The envelope of an action: which one, its idempotency key (a UUID), and the entry into the step it answers. */
export const actionEnvelope = v.looseObject({
  type: v.pipe(v.string(), v.maxLength(64)),
  id: v.pipe(v.string(), v.uuid()),
  step: v.pipe(v.string(), v.maxLength(64)),
});

/** What `POST /flows` takes from a browser: a host's token to claim, and one still held from before. */
export const claimRequest = v.strictObject({
  token: v.pipe(v.string(), v.minLength(1), v.maxLength(128)),
  resume: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(128))),
});

/** What `POST /proofs/redeem` takes. */
export const redeemRequest = v.strictObject({
  proof: v.pipe(v.string(), v.maxLength(4096)),
  audience: v.pipe(v.string(), v.maxLength(256)),
  nonce: v.pipe(v.string(), v.maxLength(256)),
});

/** The answer to a claim. */
export interface ClaimedFlow<C extends FactorContract = FactorContract> {
  flow: Flow<C>;
  /** Bearer for this flow alone. */
  token: string;
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
