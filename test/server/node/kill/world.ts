import assert from 'node:assert/strict';
import type { InboxMessage, Inbox } from '@countersign/server/testing';
import type { MortalServer } from '../../../support/mortal-server.ts';

/** What the server has acknowledged of a user, and must never take back. */
export interface Member {
  identifier: { type: 'email' | 'phone'; value: string };
  password: string;
  /** The number that is bound; null before. */
  phone: string | null;
  /** The backup codes in their order; none before they were acknowledged. */
  backupCodes: readonly string[];
  spent: string[];
  /** Codes sent to the phone that were right once. */
  usedCodes: string[];
  sessions: string[];
  endedSessions: string[];
  /** Tries that must be refused for ever after. */
  mustBeRefused: (() => Promise<void>)[];
}

/** Numbers between 0 and 1. */
export type Chance = () => number;

/** Everything that the visitors share. */
export interface World {
  server: MortalServer;
  inbox: Inbox;
  chance: Chance;
  members: Member[];
  /** How often each kind of acknowledged fact was found to hold. */
  facts: Map<string, number>;
}

/** Notes that something acknowledged still holds. */
export const holds = ({ facts }: World, kind: string): void => void facts.set(kind, (facts.get(kind) ?? 0) + 1);

/** The newest message of a usage to somebody. */
export const newest = ({ inbox }: World, to: string, usage: string): InboxMessage | undefined =>
  inbox.messages.findLast((message) => message.to === to && message.usage === usage);

/** How often no answer may come although the server lives: it closes connections that were idle as requests go out. */
const patience = 3;

/** Does it again, as long as no answer came; `doubted` says that it may have been done before. */
export const insist = async <Result>(
  { server }: World,
  attempt: (doubted: boolean) => Promise<Result>,
): Promise<{ result: Result; doubted: boolean }> => {
  let lostWhileUp = 0;
  for (let doubted = false; ; doubted = true) {
    await server.up();
    const life = server.lives;
    try {
      return { result: await attempt(doubted), doubted };
    } catch (error) {
      if (error instanceof assert.AssertionError) throw error;
      if (!(await server.isOver(life)) && (lostWhileUp += 1) > patience) throw error;
    }
  }
};

/** Numbers that repeat with the seed (mulberry32). */
export const chanceFrom = (seed: number): Chance => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};
