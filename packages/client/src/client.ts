import type { FactorContract } from '@countersign/core/contract';
import type { Action, Flow, Problem } from '@countersign/core/flow';
import { createEffects } from './effects.ts';
import { createTokenKeeper } from './held-token.ts';
import { type Effect, type Event, type State, transition } from './machine.ts';
import { type ClientOptions, withDefaults } from './options.ts';
import { createTabs } from './tabs.ts';
import { createTransport } from './transport.ts';

type Typed<S, C extends FactorContract> = S extends { view: { at: number } }
  ? Omit<S, 'view' | 'problem'> & { view: { flow: Flow<C>; at: number } } & (S extends { problem: unknown }
        ? { problem: Problem<C> | null }
        : unknown)
  : S;

/** The machine's state, with the steps of the factors given. */
export type ClientState<C extends FactorContract = FactorContract> = Typed<State, C>;

/** Drives one flow; renders nothing. */
export interface Client<C extends FactorContract = FactorContract> {
  readonly state: ClientState<C>;
  /** Calls the listener with the state now, and after each change; gives the way to stop that. */
  subscribe(listener: (state: ClientState<C>) => void): () => void;
  /** Begins, or goes on with the flow that this browser holds. Resolves when the server has answered, or can't. */
  start(): Promise<ClientState<C>>;
  /** Sends an action; ignored unless the state is `ready`. Resolves when the server has answered, or can't. */
  act(action: Action<C>): Promise<ClientState<C>>;
  /** Tries again after `offline`, `expired` or `failed`. */
  retry(): Promise<ClientState<C>>;
  /** Reads the flow again, for what may have changed unseen; tries again after `offline`. Ignored while something is under way. */
  refresh(): void;
  /** Forgets the listeners and whatever is under way; the flow stays on the server. */
  stop(): void;
  /** The client's clock, to read deadlines against. */
  now(): number;
}

/** A state that changes by events only, and tells whoever listens. */
const createStore = (run: (effect: Effect) => void) => {
  const listeners = new Set<(state: State) => void>();
  let state: State = { name: 'idle' };

  const dispatch = (event: Event): void => {
    const [next, ...effects] = transition(state, event);
    const isNew = next !== state;
    state = next;
    effects.forEach(run);
    if (isNew) for (const listener of listeners) listener(next);
  };

  const subscribe = (listener: (state: State) => void): (() => void) => {
    listeners.add(listener);
    listener(state);
    return () => void listeners.delete(listener);
  };

  /** Resolves with the first state after the event in which nothing is under way. */
  const settle = (event: Event): Promise<State> => {
    dispatch(event);
    return new Promise((resolve) => {
      const listener = (next: State): void => {
        if (next.name === 'loading' || next.name === 'sending') return;
        listeners.delete(listener);
        resolve(next);
      };
      subscribe(listener);
    });
  };

  return { listeners, dispatch, settle, subscribe, read: () => state };
};

/** Makes a client for one flow of a backend. Nothing happens until `start`. */
export const createClient = <C extends FactorContract>(options: ClientOptions<C>): Client<C> => {
  const tools = withDefaults(options);
  const { base, now, newId, channel, sleep } = tools;
  const key = `countersign:${base}:${options.kind}`;
  const keeper = createTokenKeeper(key, tools.storage);
  const { listeners, dispatch, settle, subscribe, read } = createStore((effect) => run(effect));
  let serial = 0;
  const next = () => ({ serial: (serial += 1) });
  const changed = (): void => dispatch({ type: 'changed', ...next() });
  const tabs = createTabs(channel?.(key), { keeper, changed }, sleep);
  const transport = createTransport(base, tools.fetch);
  const run = createEffects({ ...tools, transport, keeper, tabs, dispatch });

  const client: Client = {
    get state() {
      return read();
    },
    subscribe,
    start: () => settle({ type: 'open', ...next() }),
    act: (action) => settle({ type: 'act', action: { ...action, id: newId() }, ...next() }),
    retry: () => settle({ type: 'retry', ...next() }),
    refresh: changed,
    stop() {
      dispatch({ type: 'stop' });
      listeners.clear();
      tabs.close();
    },
    now,
  };
  // The steps that arrive are those of the factors given: effects.ts turns any other away.
  return client as Client<C>;
};
