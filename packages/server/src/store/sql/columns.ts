import { channel, delivery } from '@countersign/core/code-stage';
import { usages } from '@countersign/core/connector';
import { amr, flowKind } from '@countersign/core/flow';
import { identifierType } from '@countersign/core/identifier';
import * as v from 'valibot';
import { eventTypes } from '../../events/types.ts';
import type { EventRow, OutboxRow } from '../record.ts';
import type {
  ChallengeRow,
  DeviceRow,
  FactorRow,
  FlowRow,
  IdentifierRow,
  PassRow,
  Position,
  ProvedFactor,
  SessionRow,
  SkipMark,
  UserRow,
} from '../rows.ts';

/*
 * The one place where what a database gives becomes a row. It is outside data: another version may have written it, or
 * a person with a console.
 */

/** A column of JSON: the schema that reads its text, and the function that writes what this schema will accept. */
const json = <Schema extends v.GenericSchema>(schema: Schema) => ({
  column: v.pipe(v.string(), v.parseJson(), schema),
  write: (value: v.InferOutput<Schema>): string => JSON.stringify(value),
});

/** One of a union that exists only as a type; the record is incomplete, or does not compile. */
const oneOf = <Name extends string>(names: { [Each in Name]: Each }) => v.enum(names);

const hasName = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string';

/** Only the name is looked at: what stands in a position is between the engine and its factors, which change. */
const position = v.custom<Position>(hasName);

const skipMark = oneOf<SkipMark>({
  'turn-on': 'turn-on',
  suggestion: 'suggestion',
  setup: 'setup',
  'bind-proved': 'bind-proved',
});

const flag = v.pipe(
  v.picklist([0, 1]),
  v.transform((number) => number === 1),
);

const methods = v.pipe(v.array(amr), v.readonly());

const provedFactor = v.object({
  type: v.string(),
  factorId: v.string(),
  by: oneOf<ProvedFactor['by']>({ bound: 'bound', verified: 'verified', identified: 'identified', passed: 'passed' }),
  amr: v.exactOptional(methods),
});

const flowIdentifier = v.object({
  type: identifierType,
  sealed: v.string(),
  index: v.string(),
  verifiedAt: v.nullable(v.number()),
});

const list = <Schema extends v.GenericSchema>(schema: Schema) => json(v.pipe(v.array(schema), v.readonly()));

/** The columns of JSON, by what they hold. */
export const columns = {
  host: json(v.object({ audience: v.string(), nonce: v.string() })),
  purpose: json(v.object({ action: v.string(), target: v.string() })),
  firstFactor: json(v.object({ amr: methods, at: v.number() })),
  identifier: json(flowIdentifier),
  position: json(position),
  proved: list(provedFactor),
  skipped: list(skipMark),
  barred: list(v.string()),
  superseded: list(v.string()),
  amr: json(methods),
  settings: json(v.unknown()),
};

const flow = v.object({
  id: v.string(),
  tokenHash: v.string(),
  keyId: v.string(),
  browserHash: v.nullable(v.string()),
  kind: flowKind,
  userId: v.nullable(v.string()),
  host: v.nullable(columns.host.column),
  factor: v.nullable(v.string()),
  replaces: v.nullable(v.string()),
  sessionId: v.nullable(v.string()),
  purpose: v.nullable(columns.purpose.column),
  deviceHash: v.nullable(v.string()),
  deviceId: v.nullable(v.string()),
  firstFactor: v.nullable(columns.firstFactor.column),
  identifier: v.nullable(columns.identifier.column),
  origin: v.nullable(v.string()),
  locale: v.string(),
  position: columns.position.column,
  proved: columns.proved.column,
  skipped: columns.skipped.column,
  barred: columns.barred.column,
  lastAction: v.nullable(v.string()),
  createdAt: v.number(),
  idleAt: v.number(),
  version: v.number(),
});

const challenge = v.object({
  id: v.string(),
  scope: v.string(),
  purpose: v.string(),
  subject: v.string(),
  factorId: v.nullable(v.string()),
  usage: v.picklist(usages),
  channel,
  destinationSealed: v.string(),
  destinationIndex: v.string(),
  keyId: v.string(),
  generation: v.number(),
  sends: v.number(),
  codeHash: v.string(),
  superseded: columns.superseded.column,
  sentAt: v.number(),
  expiresAt: v.number(),
  delivery,
  retryAt: v.nullable(v.number()),
  tries: v.array(v.object({ action: v.string(), digest: v.string() })),
  usedAt: v.nullable(v.number()),
});

const factor = v.object({
  id: v.string(),
  userId: v.string(),
  type: v.string(),
  sealed: v.string(),
  index: v.nullable(v.string()),
  isSole: flag,
  keyId: v.string(),
  source: oneOf<FactorRow['source']>({ bound: 'bound', identifier: 'identifier' }),
  createdAt: v.number(),
  lastUsedAt: v.nullable(v.number()),
  spent: v.array(v.string()),
  counter: v.number(),
  name: v.nullable(v.string()),
  rank: v.number(),
  misses: v.number(),
});

const user = v.object({
  id: v.string(),
  passwordHash: v.nullable(v.string()),
  mfaEnabled: flag,
  skipped: v.array(skipMark),
  defaultFactor: v.nullable(v.string()),
  createdAt: v.number(),
});

const identifier = v.object({
  userId: v.string(),
  type: identifierType,
  sealed: v.string(),
  index: v.string(),
  keyId: v.string(),
  verifiedAt: v.nullable(v.number()),
  createdAt: v.number(),
});

const session = v.object({
  id: v.string(),
  tokenHash: v.string(),
  userId: v.string(),
  scope: oneOf<SessionRow['scope']>({ all: 'all', account: 'account' }),
  amr: columns.amr.column,
  createdAt: v.number(),
  expiresAt: v.number(),
});

const device = v.object({
  id: v.string(),
  tokenHash: v.string(),
  userId: v.string(),
  label: v.string(),
  createdAt: v.number(),
  expiresAt: v.number(),
});

const pass = v.object({
  id: v.string(),
  userId: v.string(),
  hash: v.string(),
  actor: v.string(),
  reason: v.string(),
  createdAt: v.number(),
  expiresAt: v.number(),
});

const outbox = v.object({
  id: v.string(),
  createdAt: v.number(),
  sealed: v.string(),
  keyId: v.string(),
  leasedUntil: v.number(),
  attempts: v.number(),
});

const event = v.object({
  id: v.string(),
  at: v.number(),
  type: v.picklist(eventTypes),
  userId: v.nullable(v.string()),
  flowId: v.nullable(v.string()),
  actor: v.string(),
  factor: v.nullable(v.string()),
  target: v.nullable(v.string()),
  reason: v.nullable(v.string()),
  requestId: v.nullable(v.string()),
});

const settings = v.object({ value: columns.settings.column });

/** Throws with the column that can't be read. The value stays out of the sentence, since it may be personal. */
const reader =
  <Schema extends v.GenericSchema>(table: string, schema: Schema) =>
  (row: unknown): v.InferOutput<Schema> => {
    const result = v.safeParse(schema, row);
    if (result.success) return result.output;
    const path = v.getDotPath(result.issues[0]) ?? 'the row';
    throw new Error(`The store holds something in ${table} that this version can't read: ${path}.`);
  };

export const readFlow: (row: unknown) => FlowRow = reader('flows', flow);
export const readChallenge: (row: unknown) => ChallengeRow = reader('challenges', challenge);
export const readFactor: (row: unknown) => FactorRow = reader('factors', factor);
export const readUser: (row: unknown) => UserRow = reader('users', user);
export const readIdentifier: (row: unknown) => IdentifierRow = reader('identifiers', identifier);
export const readSession: (row: unknown) => SessionRow = reader('sessions', session);
export const readDevice: (row: unknown) => DeviceRow = reader('devices', device);
export const readPass: (row: unknown) => PassRow = reader('passes', pass);
export const readOutbox: (row: unknown) => OutboxRow = reader('outbox', outbox);
export const readEvent: (row: unknown) => EventRow = reader('events', event);
export const readSettings: (row: unknown) => { value: unknown } = reader('settings', settings);
