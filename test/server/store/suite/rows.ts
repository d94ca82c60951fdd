import type { EventRow, OutboxRow } from '../../../../packages/server/src/store/record.ts';
import type {
  ChallengeRow,
  DeviceRow,
  FactorRow,
  FlowRow,
  IdentifierRow,
  PassRow,
  SessionRow,
  UserRow,
} from '../../../../packages/server/src/store/rows.ts';
import type { Failure, Write } from '../../../../packages/server/src/store/store.ts';

export const flowRow = (part: Partial<FlowRow> = {}): FlowRow => ({
  id: 'flw_1',
  tokenHash: 'hash',
  keyId: 'key',
  browserHash: null,
  kind: 'verify',
  userId: 'ada',
  host: { audience: 'a', nonce: 'n' },
  factor: null,
  replaces: null,
  sessionId: null,
  purpose: null,
  deviceHash: null,
  deviceId: null,
  firstFactor: { amr: ['pwd'], at: 0 },
  identifier: null,
  origin: null,
  locale: 'en',
  position: { name: 'begun' },
  proved: [],
  skipped: [],
  barred: [],
  lastAction: null,
  createdAt: 0,
  idleAt: 1000,
  version: 1,
  ...part,
});

export const challengeRow = (part: Partial<ChallengeRow> = {}): ChallengeRow => ({
  id: 'chl_1',
  scope: 'scope',
  purpose: 'verify',
  subject: 'ada',
  factorId: null,
  usage: 'MfaVerification',
  channel: 'sms',
  destinationSealed: 'sealed',
  destinationIndex: 'index',
  keyId: 'key',
  generation: 1,
  sends: 1,
  codeHash: 'code',
  superseded: [],
  sentAt: 0,
  expiresAt: 1000,
  delivery: 'unknown',
  retryAt: null,
  tries: [],
  usedAt: null,
  ...part,
});

export const factorRow = (part: Partial<FactorRow> = {}): FactorRow => ({
  id: 'fac_1',
  userId: 'ada',
  type: 'sms',
  sealed: 'sealed',
  index: 'index',
  isSole: false,
  keyId: 'key',
  source: 'bound',
  createdAt: 0,
  lastUsedAt: null,
  spent: [],
  counter: 0,
  name: null,
  rank: 1,
  misses: 0,
  ...part,
});

/** A failure that costs a minute from the tenth on. */
export const failure = (action: string, part: Partial<Failure> = {}): Failure => ({
  at: 0,
  action,
  schedule: { free: 10, firstWait: 60_000, lapse: { free: 900_000, waiting: 86_400_000 } },
  miss: null,
  ...part,
});

/** The row of failures of nobody who is known. */
export const anybody = { subject: 'k', browser: '' };

export const userRow = (part: Partial<UserRow> = {}): UserRow => ({
  id: 'eve',
  passwordHash: 'slow hash',
  mfaEnabled: false,
  skipped: [],
  defaultFactor: null,
  createdAt: 0,
  ...part,
});

export const identifierRow = (part: Partial<IdentifierRow> = {}): IdentifierRow => ({
  userId: 'ada',
  type: 'email',
  sealed: 'sealed',
  index: 'index',
  keyId: 'key',
  verifiedAt: null,
  createdAt: 0,
  ...part,
});

export const sessionRow = (part: Partial<SessionRow> = {}): SessionRow => ({
  id: 'ses_1',
  tokenHash: 'token',
  userId: 'ada',
  scope: 'all',
  amr: ['pwd', 'sms'],
  createdAt: 0,
  expiresAt: 1000,
  ...part,
});

export const deviceRow = (part: Partial<DeviceRow> = {}): DeviceRow => ({
  id: 'dev_1',
  tokenHash: 'device',
  userId: 'ada',
  label: 'Firefox, Linux',
  createdAt: 0,
  expiresAt: 1000,
  ...part,
});

export const passRow = (part: Partial<PassRow> = {}): PassRow => ({
  id: 'pas_1',
  userId: 'ada',
  hash: 'hash',
  actor: 'eve',
  reason: 'lost',
  createdAt: 0,
  expiresAt: 1000,
  ...part,
});

export const eventRow = (part: Partial<EventRow> = {}): EventRow => ({
  id: 'evt_1',
  at: 0,
  type: 'flow-begun',
  userId: 'ada',
  flowId: null,
  actor: 'user',
  factor: null,
  target: null,
  reason: null,
  requestId: null,
  ...part,
});

export const outboxRow = (part: Partial<OutboxRow> = {}): OutboxRow => ({
  id: 'msg_1',
  createdAt: 0,
  sealed: 'sealed',
  keyId: 'key',
  leasedUntil: 100,
  attempts: 1,
  ...part,
});

/** Of the key `k`, two in a window of 100. */
export const slot = (at: number, part: Partial<Extract<Write, { type: 'take-slot' }>> = {}): Write => ({
  type: 'take-slot',
  key: 'k',
  max: 2,
  window: 100,
  at,
  ...part,
});

/** Under the key `t`, five in a window of 100. */
export const tally = (at: number, part: Partial<Extract<Write, { type: 'tally' }>> = {}): Write => ({
  type: 'tally',
  key: 't',
  add: 1,
  max: 5,
  window: 100,
  at,
  ...part,
});

export const saving = (part: Partial<ChallengeRow> = {}, expected: number | null = null): Write => ({
  type: 'save-challenge',
  challenge: challengeRow(part),
  expected,
});

export const adding = (part: Partial<FactorRow> = {}): Write => ({ type: 'add-factor', factor: factorRow(part) });

export const naming = (part: Partial<IdentifierRow> = {}): Write => ({
  type: 'add-identifier',
  identifier: identifierRow(part),
});

export const spending = (mark: string, part: { factorId?: string; at?: number } = {}): Write => ({
  type: 'spend',
  factorId: 'fac_1',
  mark,
  at: 1,
  ...part,
});
