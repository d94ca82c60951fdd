import type { FactorContract } from '@countersign/core/contract';
import type { FlowKind } from '@countersign/core/flow';
import type { BeginRequest } from '@countersign/core/requests';
import type { ClientFactor } from './factor.ts';
import type { TokenStorage } from './held-token.ts';
import type { Channel } from './tabs.ts';

type WithoutKind<R> = R extends unknown ? Omit<R, 'kind'> : never;

/** What a signed-in person begins a flow for: the factor to set up, or the change to step up for. */
export type Purpose = WithoutKind<Extract<BeginRequest, { kind: 'setup' | 'verify' }>>;

/** Options of {@link createClient}. */
export interface ClientOptions<C extends FactorContract> {
  /** The factors that can be shown; the types of steps and actions follow from them. */
  factors: readonly ClientFactor<C>[];
  kind: FlowKind;
  /**
   * The token of a flow that the host began, or how to ask the host for one. Without it the client begins the flow
   * itself, which the server allows for `sign-up`, `sign-in` and `reset-password`, and for `setup` and `verify` in the
   * session that the browser has.
   */
  begin?: string | (() => Promise<string>);
  /**
   * For `setup` and `verify` that the client begins itself: `{factor, replaces}` of a setup, or `{for: {action, target}}`
   * of a step-up, whose result is the leave for that one change.
   */
  purpose?: Purpose;
  /** Where the API is; absolute outside browsers. Default: `/api/v1`. */
  base?: string;
  /** Default: the platform's. */
  fetch?: typeof fetch;
  /** Keeps the flow's token over a reload. Default: `sessionStorage` where there is one; null keeps it in memory. */
  storage?: TokenStorage | null;
  /** Joins the tabs of one origin. Default: a `BroadcastChannel` in browsers; null for none. */
  channel?: ((name: string) => Channel) | null;
  /** Milliseconds that never go back. Default: `performance.now`. */
  now?: () => number;
  /** Default: a timer. */
  sleep?: (milliseconds: number) => Promise<void>;
  /** Names actions. Default: `crypto.randomUUID`. */
  newId?: () => string;
}

const browserStorage = (): TokenStorage | null => {
  try {
    return globalThis.sessionStorage ?? null;
  } catch {
    return null; // a sandboxed frame may have none
  }
};

const browserChannel = (name: string): Channel => new BroadcastChannel(name);

const defaults = {
  base: '/api/v1',
  now: () => performance.now(),
  sleep: (milliseconds: number) => new Promise<void>((resolve) => void setTimeout(resolve, milliseconds)),
  newId: () => crypto.randomUUID(),
};

/** Fills in what the platform has. */
export const withDefaults = <C extends FactorContract>(options: ClientOptions<C>) => {
  const { storage = browserStorage() } = options;
  return {
    ...defaults,
    channel: storage && browserChannel,
    ...options,
    storage,
    factors: options.factors.map(({ type }) => type),
  };
};
