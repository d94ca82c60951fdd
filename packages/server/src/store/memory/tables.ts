import type { Failures } from '../failures.ts';
import type { FailureRow } from '../store.ts';
import type { EventRow, OutboxRow } from '../record.ts';
import type {
  ChallengeRow,
  DeviceRow,
  FactorRow,
  FlowRow,
  IdentifierRow,
  PassRow,
  SessionRow,
  UserRow,
} from '../rows.ts';

/** A wrong guess that is kept with its factor. */
export interface Miss {
  factorId: string;
  browser: string;
  action: string;
  at: number;
}

/** What the memory store keeps; rows are copied on their way in and out, so that nobody shares them. */
export interface Tables {
  flows: Map<string, FlowRow>;
  challenges: Map<string, ChallengeRow>;
  factors: Map<string, FactorRow>;
  users: Map<string, UserRow>;
  identifiers: IdentifierRow[];
  /** By token hash. */
  sessions: Map<string, SessionRow>;
  /** By token hash. */
  devices: Map<string, DeviceRow>;
  passes: PassRow[];
  /** By subject and browser. */
  failures: Map<string, Failures & FailureRow>;
  misses: Miss[];
  /** By user and browser, with a space between them → when the user was last let in there. */
  browsers: Map<string, { userId: string; at: number }>;
  /** Slot key → when each was taken. */
  slots: Map<string, number[]>;
  /** By jti → until when it must be known. */
  redeemed: Map<string, number>;
  outbox: Map<string, OutboxRow>;
  events: EventRow[];
  /** Key → when each window begins → what was added in it. */
  tallies: Map<string, Map<number, number>>;
  settings: { value: unknown };
}

export const emptyTables = (): Tables => ({
  flows: new Map(),
  challenges: new Map(),
  factors: new Map(),
  users: new Map(),
  identifiers: [],
  sessions: new Map(),
  devices: new Map(),
  passes: [],
  failures: new Map(),
  misses: [],
  browsers: new Map(),
  slots: new Map(),
  redeemed: new Map(),
  outbox: new Map(),
  events: [],
  tallies: new Map(),
  settings: { value: null },
});

/** Takes the rows away that fit. */
export const drop = <Row>(rows: Map<string, Row>, fits: (row: Row) => boolean): void => {
  for (const [key, row] of rows) if (fits(row)) rows.delete(key);
};

export const findUnused = (tables: Tables, scope: string): ChallengeRow | undefined =>
  [...tables.challenges.values()].find((row) => row.scope === scope && row.usedAt === null);

export const findIdentifier = (
  tables: Pick<Tables, 'identifiers'>,
  { type, index }: Pick<IdentifierRow, 'type' | 'index'>,
): IdentifierRow | undefined => tables.identifiers.find((row) => row.type === type && row.index === index);
