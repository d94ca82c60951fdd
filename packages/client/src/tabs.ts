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
  /** The flow of the token goes on under `held`. */
  | { type: 'moved'; token: string; held: HeldToken }
  | { type: 'changed'; token: string };

const isMessage = (value: unknown): value is Message => typeof value === 'object' && value !== null && 'type' in value;

/** What a tab is asked and told by the others. */
export interface TabListener {
  keeper: TokenKeeper;
  /** Another tab advanced the flow. */
  changed(): void;
}

/** The other tabs that hold a flow of the same base and kind. */
export interface Tabs {
  /** The flow that another tab is in the middle of; null when none answers in time. */
  ask(): Promise<HeldToken | null>;
  moved(token: string, held: HeldToken): void;
  changed(token: string): void;
  close(): void;
}

/** Milliseconds that the other tabs have to answer, while the host is asked anyway; a busy one needs more than 70. */
const patience = 250;

/** Without a channel there are no other tabs. */
export const createTabs = (
  channel: Channel | null,
  { keeper, changed }: TabListener,
  sleep: (ms: number) => Promise<void>,
): Tabs => {
  let answered: (held: HeldToken | null) => void = () => {};
  const post = (message: Message): void => channel?.postMessage(message);
  channel?.addEventListener('message', ({ data }) => {
    if (!isMessage(data)) return;
    const held = keeper.read();
    if (data.type === 'held') answered(data.held);
    else if (data.type === 'ask' && held) post({ type: 'held', held });
    else if (data.type === 'moved' && held?.token === data.token) {
      keeper.write(data.held);
      changed();
    } else if (data.type === 'changed' && held?.token === data.token) changed();
  });
  return {
    async ask() {
      if (!channel) return null;
      const answer = new Promise<HeldToken | null>((resolve) => {
        answered = resolve;
      });
      post({ type: 'ask' });
      return Promise.race([answer, sleep(patience).then(() => null)]);
    },
    moved: (token, held) => post({ type: 'moved', token, held }),
    changed: (token) => post({ type: 'changed', token }),
    close: () => channel?.close(),
  };
};
