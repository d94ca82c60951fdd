import type { Connector } from '@countersign/core/connector';
import type { FactorServer } from '@countersign/core/factor';
import type { Administrator } from './http/administrator.ts';
import type { Random } from './crypto/random.ts';
import type { SecretHasher } from './crypto/slow-hash.ts';
import type { Cause } from './events/cause.ts';
import type { AuditEvent } from './events/types.ts';
import type { Vault } from './crypto/vault.ts';
import type { ProofSigner } from './proof/signer.ts';
import type { BotCheck } from './sends/bot-check.ts';
import type { PriceOf } from './sends/budget.ts';
import type { SimSwap } from './sends/sim-swap.ts';
import type { SettingsHolder } from './settings/load.ts';
import type { PolicyFor } from './settings/policy-for.ts';
import type { Store } from './store/store.ts';

/** Where a failure happened. */
export interface ReportContext {
  /** `Countersign-Request-Id` of the answer; null outside requests. */
  requestId: string | null;
}

/** What a backend was put together from; handed to everything that answers a request. */
export interface Parts {
  store: Store;
  vault: Vault;
  signer: ProofSigner;
  factors: ReadonlyMap<string, FactorServer>;
  connectors: readonly Connector[];
  hasher: SecretHasher;
  settings: SettingsHolder;
  administrators: readonly Administrator[];
  /** The policy for one user; null or undefined where that of the settings holds. */
  policyFor?: PolicyFor | undefined;
  /** Milliseconds that {@link policyFor} has for one answer. */
  policyTimeout: number;
  /** Unix milliseconds. */
  now(): number;
  random: Random;
  /** Origins of the pages that may hold flows. */
  origins: readonly string[];
  /** Names that hosts may ask proofs for. */
  audiences: readonly string[];
  /** What a message to a number costs; undefined where nobody says. */
  priceOf?: PriceOf | undefined;
  simSwap?: SimSwap | undefined;
  botCheck?: BotCheck | undefined;
  /** Milliseconds that a connector has for one message. */
  sendTimeout: number;
  /** Who causes what is done, and in which request. */
  cause: Cause;
  /** Told of failures that the caller must not see, without secrets. */
  report(error: unknown): void;
  /** What `report` tells, and whom. */
  tellOperator(error: unknown, context: ReportContext): unknown;
  /** Told of each event once it is committed. */
  onEvent?: ((event: AuditEvent) => unknown) | undefined;
  /** See `eventIds`. */
  newEventId(): string;
}
