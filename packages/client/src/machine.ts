import type { FactorContract } from '@countersign/core/contract';
import type { Action, Flow, Problem } from '@countersign/core/flow';

type AnyFlow = Flow<FactorContract>;
type AnyProblem = Problem<FactorContract>;

/** A flow, and when it was received on the client's own clock (milliseconds). */
export interface Received {
  flow: AnyFlow;
  at: number;
}

/** An action with its idempotency key; a retry repeats the key. */
export type IdentifiedAction = Action<FactorContract> & { id: string };

/** An action on its way, with the entry into the step that it answers. */
export type SentAction = IdentifiedAction & { step: string };

/** What the client is doing. `serial` names the request whose answer may still change the state. */
export type State =
  | { name: 'idle' }
  | { name: 'loading'; serial: number }
  | { name: 'ready'; serial: number; view: Received; problem: AnyProblem | null }
  | { name: 'sending'; serial: number; view: Received; action: SentAction; attempt: number }
  /** `action`: what could not be sent; null while there is no flow yet. */
  | { name: 'offline'; view: Received | null; action: SentAction | null }
  | { name: 'complete'; view: Received }
  | { name: 'expired' }
  | { name: 'unsupported' }
  | { name: 'failed'; problem: AnyProblem | null };

/** What was answered: the flow, a refusal, or both; neither where the host began no flow. */
export interface Answer {
  flow: AnyFlow | null;
  problem: AnyProblem | null;
}

/** What happens to the client. */
export type Event =
  | { type: 'open'; serial: number }
  | { type: 'act'; serial: number; action: IdentifiedAction }
  /** `at`: when, on the client's own clock. */
  | ({ type: 'answered'; serial: number; at: number } & Answer)
  | { type: 'dropped'; serial: number }
  | { type: 'unsupported'; serial: number }
  /** Another tab advanced the flow, or it may have changed while nobody looked. */
  | { type: 'changed'; serial: number }
  | { type: 'retry'; serial: number }
  | { type: 'stop' };

/** What is to be done outside. */
export type Effect =
  | { type: 'open'; serial: number }
  | { type: 'refresh'; serial: number }
  /** `attempt` counts from 1; later ones wait before they go. */
  | { type: 'send'; serial: number; action: SentAction; attempt: number }
  | { type: 'abort' }
  /** The flow is over: drop its token. */
  | { type: 'forget' };

/** The next state and what is to be done. */
export type Transition = readonly [State, ...Effect[]];

type Named<N extends State['name']> = Extract<State, { name: N }>;
type Typed<T extends Event['type']> = Extract<Event, { type: T }>;
type Table = {
  [N in State['name']]: { [T in Event['type']]?: (state: Named<N>, event: Typed<T>) => Transition };
};

type Sending = Pick<Named<'sending'>, 'view' | 'action' | 'serial'>;

/** How often an action is sent before the person is asked to try again. */
const attempts = 3;

/** Whether the flow can't be gone on with. */
export const isOver = (problem: AnyProblem | null | undefined): boolean =>
  problem?.code === 'flow.not_found' || problem?.code === 'flow.expired';

/** A step that changed elsewhere is no mistake of the person's: it is simply shown. */
const toShow = (problem: AnyProblem | null): AnyProblem | null =>
  problem?.code === 'flow.step_changed' ? null : problem;

const answer = (before: Received | null, { serial, at, flow, problem }: Typed<'answered'>): Transition => {
  if (isOver(problem)) return [{ name: 'expired' }, { type: 'forget' }];
  const view = flow ? { flow, at } : before;
  if (!view) return [{ name: 'failed', problem }];
  if (view.flow.step.name === 'complete') return [{ name: 'complete', view }, { type: 'forget' }];
  return [{ name: 'ready', serial, view, problem: toShow(problem) }];
};

/** What was read again, because another tab changed it, leaves the refusal standing while the step is the same. */
const refreshed = ({ view, problem }: Named<'ready'>, event: Typed<'answered'>): Transition => {
  const isSame = event.flow?.step.id === view.flow.step.id;
  return answer(view, isSame ? { ...event, problem: event.problem ?? problem } : event);
};

const latest =
  <S extends { serial: number }, E extends { serial: number }>(handle: (state: S, event: E) => Transition) =>
  (state: S & State, event: E): Transition =>
    state.serial === event.serial ? handle(state, event) : [state];

const open = (_state: State, { serial }: { serial: number }): Transition => [
  { name: 'loading', serial },
  { type: 'open', serial },
];
const stop = (): Transition => [{ name: 'idle' }, { type: 'abort' }];
const unsupported = latest((): Transition => [{ name: 'unsupported' }]);

/** The action is under way, for the `attempt`th time. */
const send = ({ view, action, serial }: Sending, attempt = 1): Transition => [
  { name: 'sending', serial, view, action, attempt },
  { type: 'send', serial, action, attempt },
];

const dropSent = (state: Named<'sending'>): Transition =>
  state.attempt < attempts ? send(state, state.attempt + 1) : [{ ...state, name: 'offline' }];

const resume = (state: Named<'offline'>, { serial }: { serial: number }): Transition => {
  const { view, action } = state;
  return view && action ? send({ view, action, serial }) : open(state, { serial });
};

/** Every state with the events that it does not ignore. */
const table: Table = {
  idle: { open },
  loading: {
    answered: latest((_state, event) => answer(null, event)),
    dropped: latest(() => [{ name: 'offline', view: null, action: null }]),
    unsupported,
    stop,
  },
  ready: {
    act: ({ view }, { serial, action }) => send({ view, serial, action: { ...action, step: view.flow.step.id } }),
    answered: latest(refreshed),
    unsupported,
    changed: (state, { serial }) => [
      { ...state, serial },
      { type: 'refresh', serial },
    ],
    stop,
  },
  sending: {
    answered: latest(({ view }, event) => answer(view, event)),
    dropped: latest(dropSent),
    unsupported,
    stop,
  },
  offline: { retry: resume, changed: resume, stop },
  complete: { open, stop },
  expired: { open, retry: open, stop },
  unsupported: { stop },
  failed: { open, retry: open, stop },
};

/** The client's whole behaviour: pure, no clock, no network, no document. */
export const transition = (state: State, event: Event): Transition => {
  const handle = table[state.name][event.type] as ((state: State, event: Event) => Transition) | undefined;
  return handle?.(state, event) ?? [state];
};

/** Whether a state ignores an event altogether, by name; what it does not, it may still ignore as too late. */
export const isIgnored = (name: State['name'], type: Event['type']): boolean => !(type in table[name]);
