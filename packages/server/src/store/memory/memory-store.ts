import type { ChallengeRow, FactorRow, PassRow, Try } from '../rows.ts';
import type {
  ChallengeStore,
  CodeRef,
  Counted,
  DeviceStore,
  FactorStore,
  FlowStore,
  PassStore,
  ProofStore,
  SessionStore,
  SettingsStore,
  Store,
  UserStore,
} from '../store.ts';
import { change, commit } from './commit.ts';
import { keys } from './keys.ts';
import { failures } from './failures.ts';
import { events, outbox, sweep } from './record.ts';
import { tallies } from './tallies.ts';
import { emptyTables, findIdentifier, findUnused, type Tables } from './tables.ts';

const copy = <T>(row: T | undefined): T | null => (row === undefined ? null : structuredClone(row));

const flows = (tables: Tables): FlowStore => ({
  async insert(flow, recorded = []) {
    tables.flows.set(flow.id, structuredClone(flow));
    tables.events.push(...structuredClone(recorded));
  },
  async findByToken(tokenHash) {
    return copy([...tables.flows.values()].find((row) => row.tokenHash === tokenHash));
  },
  async commit(flow, writes) {
    return commit(tables, flow, writes);
  },
});

const count = (row: ChallengeRow, attempt: Try, max: number): Counted => {
  const earlier = row.tries.findIndex((one) => one.action === attempt.action);
  if (earlier >= 0) {
    const same = row.tries[earlier]?.digest === attempt.digest;
    return same ? { type: 'repeated', number: earlier + 1 } : { type: 'reused' };
  }
  if (row.tries.length >= max) return { type: 'exceeded' };
  row.tries = [...row.tries, { ...attempt }];
  return { type: 'counted', number: row.tries.length };
};

const findCode = (tables: Tables, { id, generation }: CodeRef): ChallengeRow | null => {
  const row = tables.challenges.get(id);
  return row?.generation === generation ? row : null;
};

const challenges = (tables: Tables): ChallengeStore => ({
  async find(id) {
    return copy(tables.challenges.get(id));
  },
  async findUnused(scope) {
    return copy(findUnused(tables, scope));
  },
  async countTry(code, attempt, max) {
    const row = findCode(tables, code);
    return row ? count(row, attempt, max) : { type: 'superseded' };
  },
});

const factors = (tables: Tables): FactorStore => ({
  async list(userId) {
    const missesOf = ({ id }: FactorRow): number => tables.misses.filter(({ factorId }) => factorId === id).length;
    const own = [...tables.factors.values()].filter((row) => row.userId === userId);
    return own.map((row) => ({ ...structuredClone(row), misses: missesOf(row) }));
  },
  async countUsers(type, index) {
    const same = [...tables.factors.values()].filter((row) => row.type === type && row.index === index);
    return new Set(same.map((row) => row.userId)).size;
  },
});

const users = (tables: Tables): UserStore => ({
  async ensure(id, now) {
    const fresh = { id, passwordHash: null, mfaEnabled: false, skipped: [], defaultFactor: null, createdAt: now };
    const row = tables.users.get(id) ?? fresh;
    tables.users.set(id, row);
    return structuredClone(row);
  },
  async find(id) {
    return copy(tables.users.get(id));
  },
  async findByIdentifier(type, index) {
    const owner = findIdentifier(tables, { type, index })?.userId;
    return copy(owner === undefined ? undefined : tables.users.get(owner));
  },
  async identifiers(userId) {
    const own = tables.identifiers.filter((row) => row.userId === userId);
    return structuredClone(own.toSorted((a, b) => a.createdAt - b.createdAt));
  },
});

const sessions = (tables: Tables): SessionStore => ({
  async find(tokenHash) {
    return copy(tables.sessions.get(tokenHash));
  },
  async exists(id) {
    return [...tables.sessions.values()].some((row) => row.id === id);
  },
});

const devices = (tables: Tables): DeviceStore => ({
  async find(tokenHash) {
    return copy(tables.devices.get(tokenHash));
  },
  async list(userId) {
    const own = [...tables.devices.values()].filter((row) => row.userId === userId);
    return structuredClone(own.toSorted((a, b) => a.createdAt - b.createdAt));
  },
});

const passes = (tables: Tables): PassStore => ({
  async listUnused(userId) {
    const isUnused = ({ id }: PassRow): boolean => !tables.redeemed.has(id);
    return structuredClone(tables.passes.filter((row) => row.userId === userId && isUnused(row)));
  },
});

const proofs = ({ redeemed }: Tables): ProofStore => ({
  async redeem(jti, expiresAt) {
    const first = !redeemed.has(jti);
    redeemed.set(jti, expiresAt);
    return first;
  },
});

const settings = (tables: Tables): SettingsStore => ({
  async read() {
    return structuredClone(tables.settings.value);
  },
  async write(written, recorded = []) {
    tables.settings.value = structuredClone(written);
    tables.events.push(...structuredClone(recorded));
  },
});

/** Keeps everything in this process and forgets it with it: for tests, stories and first tries. */
export const memoryStore = (): Store => {
  const tables = emptyTables();
  return {
    flows: flows(tables),
    changes: {
      async commit(writes) {
        return change(tables, writes);
      },
    },
    challenges: challenges(tables),
    factors: factors(tables),
    users: users(tables),
    sessions: sessions(tables),
    devices: devices(tables),
    passes: passes(tables),
    failures: failures(tables),
    tallies: tallies(tables),
    browsers: {
      async isKnown(userId, browser) {
        return tables.browsers.has(`${userId} ${browser}`);
      },
    },
    proofs: proofs(tables),
    outbox: outbox(tables),
    events: events(tables),
    sweep: sweep(tables),
    keys: keys(tables),
    settings: settings(tables),
  };
};
