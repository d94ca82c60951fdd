import type { FactorContract } from '@countersign/core/contract';
import type { FlowKind } from '@countersign/core/flow';
import type { ClientFactor } from './factor.ts';
import type { TokenStorage } from './held-token.ts';
import type { Channel } from './tabs.ts';

/** Options of {@link createClient}. */
export interface ClientOptions<C extends FactorContract> {
  /** The factors that can be shown; the types of steps and actions follow from them. */
  factors: readonly ClientFactor<C>[];
  kind: FlowKind;
  /**
   * The token of a flow that the host began, or how to ask the host for one. Without it the client begins the flow
   * itself, which the server allows for `sign-up` and `sign-in` only.
   */
  begin?: string | (() => Promise<string>);
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
  fetch: ((input, init) => fetch(input, init)) satisfies typeof fetch,
  now: () => performance.now(),
  sleep: (milliseconds: number) => new Promise<void>((resolve) => void setTimeout(resolve, milliseconds)),
  newId: () => crypto.randomUUID(),
};

/** Fills in what the platform has. */
export const withDefaults = <C extends FactorContract>(options: ClientOptions<C>) => {
  const { storage = browserStorage(), channel = storage && browserChannel } = options;
  return {
    ...defaults,
    ...options,
    storage,
    channel,
    factors: options.factors.map(({ type }) => type),
  };
};
