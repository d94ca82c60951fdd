import { isRecord } from './is-record.ts';
import type { HeldToken, TokenKeeper } from './held-token.ts';

/** The part of `BroadcastChannel` that is used. */
export interface Channel {
  postMessage(message: unknown): void;
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
  close(): void;
}

/** What tabs of one origin tell each other. */
type Message =
  | { type: 'ask' }
  | { type: 'held'; held: HeldToken }
  /** The flow of the token was advanced, and goes on under `held` where there is one. */
  | { type: 'changed'; token: string; held: HeldToken | undefined };

/** Only tabs of this origin can post here; what an older version means by another type is ignored. */
const isMessage = (value: unknown): value is Message => isRecord(value);

/** What a tab is asked and told by the others. */
export interface TabListener {
  keeper: TokenKeeper;
  /** Another tab advanced the flow. */
  changed(): void;
}

/** The other tabs that hold a flow of the same base and kind. */
export interface Tabs {
  /** The flow that another tab is in the middle of; null when none answers in time. Undefined where there are none. */
  ask(): Promise<HeldToken | null> | undefined;
  /** Tells them that the flow of the token was advanced, and goes on under `held` where one is given. */
  changed(token: string, held?: HeldToken): void;
  close(): void;
}

/** Milliseconds that the other tabs have to answer, while the host is asked anyway; a busy one needs more than 70. */
const patience = 250;

/** Without a channel there are no other tabs. */
export const createTabs = (
  channel: Channel | undefined,
  { keeper, changed }: TabListener,
  sleep: (ms: number) => Promise<void>,
): Tabs => {
  let answered: ((held: HeldToken) => void) | undefined;
  const post = (message: Message): void => channel?.postMessage(message);
  channel?.addEventListener('message', ({ data }) => {
    if (!isMessage(data)) return;
    const held = keeper.read();
    if (data.type === 'held') answered?.(data.held);
    else if (data.type === 'ask' && held) post({ type: 'held', held });
    else if (data.type === 'changed' && held?.token === data.token) {
      if (data.held) keeper.write(data.held);
      changed();
    }
  });
  return {
    ask: () =>
      channel &&
      new Promise((resolve) => {
        answered = resolve;
        post({ type: 'ask' });
        void sleep(patience).then(() => resolve(null));
      }),
    changed: (token, held) => post({ type: 'changed', token, held }),
    // Whoever starts again after that is alone: nothing can be posted to what is closed.
    close: () => (channel = void channel?.close()),
  };
};
