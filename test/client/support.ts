import type { Channel, TokenStorage } from '@countersign/client';

/** What `sessionStorage` is to a tab. */
export const memoryStorage = (): TokenStorage => {
  const items = new Map<string, string>();
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  };
};

type Listener = (event: { data: unknown }) => void;

/** Channels that reach one another as those of tabs do: later, and never oneself. */
export const connectedTabs = () => {
  const ends = new Map<object, Listener[]>();
  const channel = (): Channel => {
    const end = {};
    ends.set(end, []);
    return {
      postMessage(message) {
        const data: unknown = structuredClone(message);
        for (const [other, listeners] of ends) {
          if (other !== end) setTimeout(() => listeners.forEach((listener) => listener({ data })), 0);
        }
      },
      addEventListener: (_type, listener) => void ends.get(end)?.push(listener),
      close: () => void ends.delete(end),
    };
  };
  /** Waits until everything that was posted has arrived and been answered. */
  const settle = () => new Promise<void>((resolve) => void setTimeout(resolve, 100));
  return { channel, settle };
};
