import type { Channel, Delivery } from '@countersign/core/code-stage';
import type { Usage } from '@countersign/core/connector';
import type { FlowKind } from '@countersign/core/flow';
import type { IdentifierType } from '@countersign/core/identifier';
import type { Kysely } from 'kysely';
import type { EventsTable, OutboxTable } from './record-tables.ts';
import type { FactorRow, SessionRow, SkipMark } from '../rows.ts';

/*
 * The tables as they are after the last migration. Columns are the rows' fields in snake case; times are Unix
 * milliseconds. JSON is kept as text that `columns.ts` writes and reads: no query looks inside.
 */

interface FlowsTable {
  id: string;
  token_hash: string;
  key_id: string;
  browser_hash: string | null;
  kind: FlowKind;
  user_id: string | null;
  /** JSON. */
  host: string | null;
  factor: string | null;
  replaces: string | null;
  session_id: string | null;
  /** JSON. */
  purpose: string | null;
  device_hash: string | null;
  device_id: string | null;
  /** JSON. */
  first_factor: string | null;
  /** JSON. */
  identifier: string | null;
  origin: string | null;
  locale: string;
  /** JSON. */
  position: string;
  /** JSON. */
  proved: string;
  /** JSON. */
  skipped: string;
  /** JSON. */
  barred: string;
  last_action: string | null;
  created_at: number;
  idle_at: number;
  version: number;
}

interface ChallengesTable {
  id: string;
  /** Unique among the challenges that were not used. */
  scope: string;
  purpose: string;
  subject: string;
  factor_id: string | null;
  usage: Usage;
  channel: Channel;
  destination_sealed: string;
  destination_index: string;
  key_id: string;
  generation: number;
  sends: number;
  code_hash: string;
  /** JSON. */
  superseded: string;
  sent_at: number;
  expires_at: number;
  delivery: Delivery;
  retry_at: number | null;
  used_at: number | null;
}

/** Counted tries; `number` counts from 1 within a code, and both it and `action` are unique there. */
interface TriesTable {
  challenge_id: string;
  generation: number;
  number: number;
  action: string;
  digest: string;
}

/** Slots that were taken; `number` is unique within a key. */
interface SlotsTable {
  key: string;
  number: number;
  taken_at: number;
}

/** Sums of fixed windows. */
interface TalliesTable {
  key: string;
  starts_at: number;
  total: number;
}

interface FactorsTable {
  id: string;
  user_id: string;
  type: string;
  sealed: string;
  /** Unique within user and type, where it is not null. */
  blind_index: string | null;
  /** 0 or 1; of those with 1 the index is unique within the type. */
  sole: number;
  key_id: string;
  source: FactorRow['source'];
  created_at: number;
  last_used_at: number | null;
  counter: number;
  name: string | null;
  rank: number;
}

/** Marks that were used up; unique within a factor, and gone with it. */
interface SpentTable {
  factor_id: string;
  mark: string;
  spent_at: number;
}

interface UsersTable {
  id: string;
  password_hash: string | null;
  /** 0 or 1. */
  mfa_enabled: number;
  default_factor: string | null;
  created_at: number;
}

/** What a user declined for good. */
interface SkipsTable {
  user_id: string;
  mark: SkipMark;
}

interface IdentifiersTable {
  user_id: string;
  type: IdentifierType;
  sealed: string;
  /** Unique within the type. */
  blind_index: string;
  key_id: string;
  verified_at: number | null;
  created_at: number;
}

interface SessionsTable {
  id: string;
  token_hash: string;
  user_id: string;
  scope: SessionRow['scope'];
  /** JSON. */
  amr: string;
  created_at: number;
  expires_at: number;
}

interface DevicesTable {
  id: string;
  token_hash: string;
  user_id: string;
  label: string;
  created_at: number;
  expires_at: number;
}

interface PassesTable {
  id: string;
  user_id: string;
  hash: string;
  actor: string;
  reason: string;
  created_at: number;
  expires_at: number;
}

interface FailuresTable {
  subject: string;
  browser: string;
  count: number;
  counted_at: number;
  action: string;
  retry_at: number;
}

/** Wrong guesses at a factor, gone with it; unique by action. */
interface MissesTable {
  factor_id: string;
  browser: string;
  action: string;
  at: number;
}

/** Browsers in which a user was let in. */
interface BrowsersTable {
  user_id: string;
  browser: string;
  at: number;
}

/** Proofs that were redeemed. */
interface RedeemedTable {
  jti: string;
  expires_at: number;
}

/** One row, with the id 1. */
interface SettingsTable {
  id: number;
  /** JSON. */
  value: string;
  version: number;
}

/** The migrations that were applied. */
interface MigrationsTable {
  number: number;
}

/** Every table. */
export interface Tables {
  flows: FlowsTable;
  challenges: ChallengesTable;
  tries: TriesTable;
  slots: SlotsTable;
  tallies: TalliesTable;
  factors: FactorsTable;
  spent: SpentTable;
  users: UsersTable;
  skips: SkipsTable;
  identifiers: IdentifiersTable;
  sessions: SessionsTable;
  devices: DevicesTable;
  passes: PassesTable;
  failures: FailuresTable;
  misses: MissesTable;
  browsers: BrowsersTable;
  redeemed: RedeemedTable;
  outbox: OutboxTable;
  events: EventsTable;
  settings: SettingsTable;
  migrations: MigrationsTable;
}

/** A connection or a transaction. */
export type Database = Kysely<Tables>;
