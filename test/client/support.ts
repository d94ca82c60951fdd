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

const later = (deliver: () => void): void => void setTimeout(deliver, 0);

/** Channels that reach one another as those of tabs do: later, never oneself, and never once they are closed. */
export const connectedTabs = (deliver = later) => {
  const ends = new Map<object, Listener[]>();
  const channel = (): Channel => {
    const end = {};
    ends.set(end, []);
    return {
      postMessage(message) {
        if (!ends.has(end)) throw new DOMException('the channel is closed', 'InvalidStateError');
        const data: unknown = structuredClone(message);
        for (const other of ends.keys()) {
          if (other !== end) deliver(() => ends.get(other)?.forEach((listener) => listener({ data })));
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
