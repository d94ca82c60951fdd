import type { Connector } from '@countersign/core/connector';
import { ConfigurationError } from '@countersign/core/errors';
import type { FactorServer } from '@countersign/core/factor';
import type { HeldFactorView, Session } from '@countersign/core/flow';
import { type AccountToken, type AccountTokenOptions, issueAccountToken } from './account/account-token.ts';
import { issuePass, type PassRequest, type RecoveryPass } from './account/recovery.ts';
import { checkOptions } from './check-options.ts';
import type { KeyRing } from './crypto/keys.ts';
import { causedBy } from './events/cause.ts';
import { eventIds } from './events/event-id.ts';
import type { AuditEvent } from './events/types.ts';
import { sweep } from './sweep.ts';
import { removeUser } from './admin/users.ts';
import { writeSettings } from './admin/write-settings.ts';
import { type Random, randomId, secureRandom } from './crypto/random.ts';
import { createSecretHasher, scrypt, type SlowHash } from './crypto/slow-hash.ts';
import { createVault } from './crypto/vault.ts';
import { factorsOf } from './flow/factors/held.ts';
import { beginForHost, type BeginOptions, type BegunFlow } from './flow/begin-for-host.ts';
import type { Administrator } from './http/administrator.ts';
import { createApp } from './http/app.ts';
import type { Answer, Peer, SetCookie } from './http/peer.ts';
import { runOutbox } from './outbox/run.ts';
import type { Parts, ReportContext } from './parts.ts';
import { type ProofExpectation, type RedeemedProof, verifyProof } from './proof/redeem.ts';
import { createProofSigner } from './proof/signer.ts';
import { checkKeys, rekey, spareKeys } from './rotation.ts';
import { findSession } from './session/find.ts';
import type { BotCheck } from './sends/bot-check.ts';
import type { PriceOf } from './sends/budget.ts';
import type { SimSwap } from './sends/sim-swap.ts';
import { createSettingsHolder, type SettingsHolder } from './settings/load.ts';
import type { PolicyFor } from './settings/policy-for.ts';
import type { Settings, SettingsInput } from './settings/schema.ts';
import type { Store } from './store/store.ts';

/** What a backend is put together from. */
export interface BackendOptions {
  /** The factors that there are; the settings say which of them are on. */
  factors: readonly FactorServer[];
  /** The providers of messages; the first that serves a channel is used. */
  connectors: readonly Connector[];
  store: Store;
  /**
   * The first makes what is new, and each reads what it has made; see `createKey()`. A key is kept for as long as rows need
   * it: see `Backend.keys`.
   */
  keys: KeyRing;
  /** Seeds an empty store; after that the stored row holds. */
  settings: SettingsInput;
  /** `code`: the settings given are the only ones, and writing them is refused. Default: `store`. */
  settingsManagedBy?: 'code' | 'store';
  /** Who may use the administration's routes. Default: nobody. */
  administrators?: readonly Administrator[];
  /** The policy for one user. Default: that of the settings, for everybody. */
  policyFor?: PolicyFor;
  /** Milliseconds that `policyFor` has for one answer. Default: 5000. */
  policyTimeout?: number;
  /** Hashes passwords and backup codes. Default: {@link scrypt}; servers on Node should give `argon2id()`. */
  slowHash?: SlowHash;
  /**
   * What hashed them before: it still serves, and a password is hashed anew when its owner signs in. As long as one is
   * given each try costs the time of all. Default: none.
   */
  formerHashes?: readonly SlowHash[];
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
  /** What a message to a number in E.164 costs, in the currency of `sends.budget`. Default: nobody says. */
  priceOf?: PriceOf;
  /** Asked before a second factor is sent to a number. Default: nobody is asked. */
  simSwap?: SimSwap;
  /** What strangers must solve where messages are asked for at an unusual rate. Default: nothing; they are refused later. */
  botCheck?: BotCheck;
  /**
   * Told of failures that callers must not see; codes, secrets, numbers and addresses are taken out of them. Default:
   * `console.error`. What it throws goes to `console.error`, and holds nothing up.
   */
  report?: (error: unknown, context: ReportContext) => unknown;
  /** Told of each event once it is committed, for logs and SIEMs. What it throws is reported, and holds nothing up. */
  onEvent?: (event: AuditEvent) => unknown;
}

/** A backend: answers requests, and lets the host it runs in begin flows and check proofs. */
export interface Backend {
  handle(request: Request, peer: Peer): Promise<Answer>;
  flows: {
    /** Begins a flow for a user that the host knows. */
    begin(options: BeginOptions): Promise<BegunFlow>;
  };
  sessions: {
    /** Who is signed in, by the session's cookie or bearer token; null for nobody. */
    find(token: string): Promise<Session | null>;
  };
  users: {
    /** What a user holds, oldest first, with masked targets; nothing for a user who is not known. */
    factors(userId: string): Promise<HeldFactorView[]>;
    /**
     * Gives a user who has no factor left a pass for `recover`: one use, at most eight hours. Throws
     * `account.not_found` where the user is not known.
     */
    issuePass(userId: string, request: PassRequest): Promise<RecoveryPass>;
    /**
     * Takes a user away with all that is kept about them, at once; events stay for the days of the settings. Throws
     * `request.not_found` where the user is not known.
     */
    remove(userId: string): Promise<void>;
  };
  accounts: {
    /** Lets a user of the host at their account for ten minutes; each change still needs a step-up. */
    issueToken(options: AccountTokenOptions): Promise<AccountToken>;
  };
  settings: Omit<SettingsHolder, 'write'> & {
    /** Replaces them as a whole. Throws with a code and the path of what is wrong. */
    write(settings: unknown): Promise<Settings>;
  };
  outbox: {
    /**
     * Hands over the messages of whoever died between committing and sending them; gives how many. Call it every few
     * seconds, from as many processes as there are; a backend for Node does.
     */
    run(): Promise<number>;
  };
  /**
   * Drops what is over: flows, codes and their limits after a day, sessions and trusted browsers when their time is up,
   * events after the days of the settings, failures and known browsers 400 days after the last. Gives how many rows
   * went. Call it every few hours; a backend for Node does.
   */
  sweep(): Promise<number>;
  keys: {
    /**
     * Seals anew, under the first key, whatever another one has sealed; gives how many rows. Call it once every process has
     * that key first; it can be stopped and called again at any time, and nobody waits for it.
     */
    rekey(): Promise<number>;
    /** Throws {@link ConfigurationError} where stored rows were made with keys that are not given. */
    check(): Promise<void>;
    /** The ids of the keys given, but for the first, that no row needs any more. */
    spare(): Promise<string[]>;
  };
  proofs: {
    /** Checks a proof and redeems it, once. Throws `proof.invalid` or `proof.already_redeemed`. */
    verify(proof: string, expectation: ProofExpectation): Promise<RedeemedProof>;
  };
}

const assemble = async (options: BackendOptions): Promise<Parts> => {
  const { store, factors, connectors, now = Date.now, random = secureRandom } = options;
  const { slowHash = scrypt(), formerHashes = [] } = options;
  const production = options.environment !== 'development';
  const vault = await createVault(options.keys, random);
  const parts = {
    store,
    vault,
    hasher: createSecretHasher({ current: slowHash, former: formerHashes }, vault, random),
    signer: await createProofSigner(options.keys, options.origins[0] ?? ''),
    factors: new Map(factors.map((factor) => [factor.contract.type, factor])),
    connectors,
    settings: createSettingsHolder({
      store: store.settings,
      seed: options.settings,
      managedBy: options.settingsManagedBy ?? 'store',
      available: { factors, connectors, production, knowsPrices: options.priceOf !== undefined },
      now,
    }),
    administrators: options.administrators ?? [],
    policyFor: options.policyFor,
    policyTimeout: options.policyTimeout ?? 5000,
    now,
    random,
    origins: options.origins,
    audiences: options.audiences ?? options.origins,
    priceOf: options.priceOf,
    simSwap: options.simSwap,
    botCheck: options.botCheck,
    sendTimeout: options.sendTimeout ?? 6000,
    tellOperator: options.report ?? ((error, { requestId }) => console.error(requestId ?? '', error)),
    onEvent: options.onEvent,
    newEventId: eventIds(now, random),
  } satisfies Omit<Parts, 'cause' | 'report'>;
  return causedBy(parts, { actor: 'host', requestId: null });
};

/** Puts a backend together. Throws {@link ConfigurationError} with one sentence that says what to set. */
export const createBackend = async (options: BackendOptions): Promise<Backend> => {
  checkOptions(options);
  const parts = await assemble(options);
  const app = createApp(options.basePath ?? '/api/v1');
  const system = causedBy(parts, { actor: 'system', requestId: null });
  return {
    async handle(request, peer) {
      const setCookies: SetCookie[] = [];
      const requestId = randomId(parts.random, 'req');
      const caused = causedBy(parts, { actor: 'user', requestId });
      const response = await app.fetch(request, { peer, setCookies, parts: caused });
      return { response, setCookies };
    },
    flows: { begin: (begun) => beginForHost(parts, begun) },
    sessions: { find: (token) => findSession(parts, token) },
    users: {
      factors: (userId) => factorsOf(parts, userId),
      issuePass: (userId, request) => issuePass(parts, userId, request),
      remove: (userId) => removeUser(parts, userId),
    },
    accounts: { issueToken: (options) => issueAccountToken(parts, options) },
    settings: { ...parts.settings, write: (settings) => writeSettings(parts, settings) },
    outbox: { run: () => runOutbox(system) },
    sweep: () => sweep(system),
    keys: {
      rekey: () => rekey(system),
      check: () => checkKeys(parts),
      spare: () => spareKeys(parts),
    },
    proofs: { verify: (proof, expectation) => verifyProof(parts, proof, expectation) },
  };
};

export { ConfigurationError };
