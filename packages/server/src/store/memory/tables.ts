import type { ChallengeRow, FactorRow, FlowRow, UserRow } from '../rows.ts';

/** What the memory store keeps; rows are copied on their way in and out, so that nobody shares them. */
export interface Tables {
  flows: Map<string, FlowRow>;
  challenges: Map<string, ChallengeRow>;
  factors: Map<string, FactorRow>;
  users: Map<string, UserRow>;
  /** Slot key → when each was taken. */
  slots: Map<string, number[]>;
  redeemed: Set<string>;
  settings: { value: unknown };
}

export const emptyTables = (): Tables => ({
  flows: new Map(),
  challenges: new Map(),
  factors: new Map(),
  users: new Map(),
  slots: new Map(),
  redeemed: new Set(),
  settings: { value: null },
});

export const findUnused = (tables: Tables, scope: string): ChallengeRow | undefined =>
  [...tables.challenges.values()].find((row) => row.scope === scope && row.usedAt === null);
