import type { Connector } from '@countersign/core/connector';
import { ConfigurationError } from '@countersign/core/errors';
import type { FactorServer } from '@countersign/core/factor';
import { checkOptions } from './check-options.ts';
import type { Key } from './crypto/keys.ts';
import { type Random, secureRandom } from './crypto/random.ts';
import { createVault } from './crypto/vault.ts';
import { begin, type BeginOptions, type BegunFlow } from './flow/begin.ts';
import { createApp } from './http/app.ts';
import type { Answer, Peer, SetCookie } from './http/peer.ts';
import type { Parts } from './parts.ts';
import { type ProofExpectation, type RedeemedProof, verifyProof } from './proof/redeem.ts';
import { createProofSigner } from './proof/signer.ts';
import { createSettingsLoader } from './settings/load.ts';
import { readSettings, type SettingsInput } from './settings/schema.ts';
import type { Store } from './store/store.ts';

/** What a backend is put together from. */
export interface BackendOptions {
  /** The factors that there are; the settings say which of them are on. */
  factors: readonly FactorServer[];
  /** The providers of messages; the first that serves a channel is used. */
  connectors: readonly Connector[];
  store: Store;
  /** See `createKey()`; must stay the same for as long as the store does. */
  key: Key;
  /** Seeds an empty store; after that the stored row holds. */
  settings: SettingsInput;
  /** Exact origins of the pages that hold the elements (`https://app.example`). */
  origins: readonly string[];
  /** Names of the hosts that may be given proofs. Default: the origins. */
  audiences?: readonly string[];
  /** Where the API is mounted. Default: `/api/v1`. */
  basePath?: string;
  /** Production refuses what only development may do. Default: `production`. */
  environment?: 'production' | 'development';
  /** Unix milliseconds. Default: the system's clock. */
  now?: () => number;
  /** Default: the platform's secure generator. */
  random?: Random;
  /** Milliseconds that a connector has for one message. Default: 6000. */
  sendTimeout?: number;
  /** Told of failures that callers must not see. Default: `console.error`. */
  report?: (error: unknown) => void;
}

/** A backend: answers requests, and lets the host it runs in begin flows and check proofs. */
export interface Backend {
  handle(request: Request, peer: Peer): Promise<Answer>;
  flows: {
    /** Begins a flow for a user that the host knows. */
    begin(options: BeginOptions): Promise<BegunFlow>;
  };
  proofs: {
    /** Checks a proof and redeems it, once. Throws `proof.invalid` or `proof.already_redeemed`. */
    verify(proof: string, expectation: ProofExpectation): Promise<RedeemedProof>;
  };
}

const assemble = async (options: BackendOptions): Promise<Parts> => {
  const { now = Date.now, random = secureRandom, environment = 'production' } = options;
  const production = environment === 'production';
  const seed = readSettings(options.settings, production);
  return {
    store: options.store,
    vault: await createVault(options.key, random),
    signer: await createProofSigner(options.key, options.origins[0] ?? ''),
    factors: new Map(options.factors.map((factor) => [factor.contract.type, factor])),
    connectors: options.connectors,
    settings: createSettingsLoader({ store: options.store.settings, seed, production, now }),
    now,
    random,
    origins: options.origins,
    audiences: options.audiences ?? options.origins,
    sendTimeout: options.sendTimeout ?? 6000,
    report: options.report ?? ((error) => console.error(error)),
  };
};

/** Puts a backend together. Throws {@link ConfigurationError} with one sentence that says what to set. */
export const createBackend = async (options: BackendOptions): Promise<Backend> => {
  checkOptions(options);
  const parts = await assemble(options);
  const app = createApp(parts, options.basePath ?? '/api/v1');
  return {
    async handle(request, peer) {
      const setCookies: SetCookie[] = [];
      const response = await app.fetch(request, { peer, setCookies });
      return { response, setCookies };
    },
    flows: { begin: (begun) => begin(parts, begun) },
    proofs: { verify: (proof, expectation) => verifyProof(parts, proof, expectation) },
  };
};

export { ConfigurationError };
