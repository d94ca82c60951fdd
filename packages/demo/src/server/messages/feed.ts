import type { SimulatedMessage } from '@countersign/connectors/simulator';

/** A message on the simulated phone. */
export interface FeedMessage extends SimulatedMessage {
  /** ISO 8601. */
  at: string;
}

/** A message with its place in the feed; ids grow, also over a restart. */
export interface FeedEntry {
  id: number;
  message: FeedMessage;
}

/** What was sent, newest last; old messages are dropped. */
export interface Feed {
  receive(message: SimulatedMessage): void;
  /** The entries after this id. Default: all that are kept. */
  list(after?: number): FeedEntry[];
  /** Tells whenever there is a new entry; gives the way to stop that. */
  follow(listener: () => void): () => void;
}

const kept = 50;

export const createFeed = (): Feed => {
  const entries: FeedEntry[] = [];
  const listeners = new Set<() => void>();
  return {
    receive({ to, channel, usage, text }) {
      const time = Date.now();
      const id = Math.max(time, (entries.at(-1)?.id ?? 0) + 1);
      entries.push({ id, message: { to, channel, usage, text, at: new Date(time).toISOString() } });
      if (entries.length > kept) entries.shift();
      for (const listener of listeners) listener();
    },
    list: (after = 0) => entries.filter(({ id }) => id > after),
    follow(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
};
