import type { ChallengeRow, FlowRow, IdentifierRow } from '../rows.ts';
import type { Committed, Write } from '../store.ts';
import { removeUser } from './remove-user.ts';
import { addToTally, tallyState } from './tallies.ts';
import { drop, findIdentifier, findUnused, type Miss, type Tables } from './tables.ts';

const done: Committed = { done: true };

const slotState = (tables: Tables, write: Extract<Write, { type: 'take-slot' }>): Committed => {
  const taken = (tables.slots.get(write.key) ?? []).filter((at) => at > write.at - write.window);
  const [oldest = write.at] = taken.toSorted((a, b) => a - b).slice(-write.max);
  return taken.length < write.max ? done : { done: false, lost: 'slot', retryAt: oldest + write.window };
};

type Condition = Exclude<Extract<Committed, { done: false }>['lost'], 'slot'>;

const lose = (lost: Condition): Committed => ({ done: false, lost });

const isFree = (tables: Tables, { factor }: Extract<Write, { type: 'add-factor' }>, removed: ReadonlySet<string>) =>
  factor.index === null ||
  ![...tables.factors.values()].some(
    ({ id, userId, type, index, isSole }) =>
      !removed.has(id) &&
      (userId === factor.userId || (isSole && factor.isSole)) &&
      type === factor.type &&
      index === factor.index,
  );

const keepsOne = (
  tables: Tables,
  { userId, types }: Extract<Write, { type: 'keep-one' }>,
  removed: ReadonlySet<string>,
): boolean =>
  [...tables.factors.values()].some((row) => row.userId === userId && types.includes(row.type) && !removed.has(row.id));

const isTaken = (tables: Tables, identifier: IdentifierRow): boolean => {
  const given = findIdentifier(tables, identifier);
  return given !== undefined && (given.verifiedAt !== null || identifier.verifiedAt === null);
};

const isNewest = (tables: Tables, { challenge, expected }: Extract<Write, { type: 'save-challenge' }>): boolean => {
  const current = findUnused(tables, challenge.scope);
  return tables.challenges.get(challenge.id) === current && (current?.generation ?? null) === expected;
};

const check = (tables: Tables, write: Write, removed: ReadonlySet<string>): Committed => {
  switch (write.type) {
    case 'save-challenge':
      return isNewest(tables, write) ? done : lose('challenge');
    case 'use-challenge':
      return tables.challenges.get(write.id)?.usedAt === null ? done : lose('challenge');
    case 'take-slot':
      return slotState(tables, write);
    case 'tally':
      return tallyState(tables, write);
    case 'add-factor':
      return isFree(tables, write, removed) ? done : lose('factor');
    case 'use-factor':
      return tables.factors.has(write.id) && !removed.has(write.id) ? done : lose('factor');
    case 'spend': {
      const spent = removed.has(write.factorId) ? undefined : tables.factors.get(write.factorId)?.spent;
      return spent && !spent.includes(write.mark) ? done : lose('spent');
    }
    case 'advance': {
      const factor = removed.has(write.factorId) ? undefined : tables.factors.get(write.factorId);
      return factor && factor.counter < write.to ? done : lose('spent');
    }
    case 'add-identifier':
      return isTaken(tables, write.identifier) ? lose('identifier') : done;
    case 'set-password': {
      const { userId, replaces } = write;
      return replaces === null || tables.users.get(userId)?.passwordHash === replaces ? done : lose('password');
    }
    case 'keep-one':
      return keepsOne(tables, write, removed) ? done : lose('last-factor');
    case 'redeem':
      return tables.redeemed.has(write.jti) ? lose('spent') : done;
    case 'end-flow':
      return tables.flows.get(write.id)?.version === write.version ? done : lose('flow');
    default:
      return done;
  }
};

type Applied = { [Type in Write['type']]: (tables: Tables, write: Extract<Write, { type: Type }>) => void };

const alter = <Row>(rows: Map<string, Row>, key: string, part: (row: Row) => Partial<Row>): void => {
  const row = rows.get(key);
  if (row) rows.set(key, { ...row, ...part(row) });
};

const end = ({ version }: FlowRow): Partial<FlowRow> => ({ position: { name: 'ended' }, version: version + 1 });

const saveChallenge = ({ challenges }: Tables, challenge: ChallengeRow): void => {
  const before = challenges.get(challenge.id);
  const tries = before?.generation === challenge.generation ? before.tries : [];
  challenges.set(challenge.id, { ...structuredClone(challenge), tries });
};

const applied: Applied = {
  'save-challenge': (tables, { challenge }) => saveChallenge(tables, challenge),
  'use-challenge': ({ challenges }, { id, at }) => alter(challenges, id, () => ({ usedAt: at })),
  'take-slot': ({ slots }, { key, window, at }) => {
    const recent = (slots.get(key) ?? []).filter((taken) => taken > at - window);
    slots.set(key, [...recent, at]);
  },
  tally: addToTally,
  'add-factor': ({ factors }, { factor }) => factors.set(factor.id, structuredClone(factor)),
  'remove-factor': ({ factors }, { id }) => factors.delete(id),
  'use-factor': ({ factors }, { id, at }) => alter(factors, id, () => ({ lastUsedAt: at })),
  spend: ({ factors }, { factorId, mark }) => alter(factors, factorId, ({ spent }) => ({ spent: [...spent, mark] })),
  advance: ({ factors }, { factorId, to }) => alter(factors, factorId, () => ({ counter: to })),
  'add-user': ({ users }, { user }) => users.set(user.id, structuredClone(user)),
  'remove-user': removeUser,
  'add-identifier': (tables, { identifier }) => {
    const given = findIdentifier(tables, identifier);
    tables.identifiers = [...tables.identifiers.filter((row) => row !== given), structuredClone(identifier)];
  },
  'turn-on': ({ users }, { userId }) => alter(users, userId, () => ({ mfaEnabled: true })),
  'turn-off': ({ users }, { userId }) => alter(users, userId, () => ({ mfaEnabled: false })),
  'set-default': ({ users }, { userId, factorId }) => alter(users, userId, () => ({ defaultFactor: factorId })),
  'set-password': ({ users }, { userId, passwordHash }) => alter(users, userId, () => ({ passwordHash })),
  'reseal-factor': ({ factors }, { id, sealed, keyId }) => alter(factors, id, () => ({ sealed, keyId })),
  rekey: ({ factors, identifiers }, { row, sealed, keyId }) => {
    const kept = row.of === 'factor' ? factors.get(row.id) : findIdentifier({ identifiers }, row);
    if (kept?.sealed === row.sealed) Object.assign(kept, { sealed, keyId });
  },
  'rename-factor': ({ factors }, { id, name }) => alter(factors, id, () => ({ name })),
  'keep-one': () => undefined,
  skip: ({ users }, { userId, mark }) =>
    alter(users, userId, ({ skipped }) => ({ skipped: [...new Set([...skipped, mark])] })),
  'forget-skips': ({ users }, { userId }) => alter(users, userId, () => ({ skipped: [] })),
  'add-session': ({ sessions }, { session }) => sessions.set(session.tokenHash, structuredClone(session)),
  'end-sessions': ({ sessions }, { userId, except }) =>
    drop(sessions, (row) => row.userId === userId && row.id !== except),
  'end-flows': ({ flows }, { userId, except }) => {
    const own = [...flows.values()].filter((row) => row.userId === userId && row.id !== except);
    for (const { id } of own) alter(flows, id, end);
  },
  'add-device': ({ devices }, { device }) => devices.set(device.tokenHash, structuredClone(device)),
  'forget-devices': ({ devices }, { userId, id }) =>
    drop(devices, (row) => row.userId === userId && (id === null || row.id === id)),
  redeem: ({ redeemed }, { jti, expiresAt }) => redeemed.set(jti, expiresAt),
  'forget-failures': ({ failures }, { subject, browser }) =>
    drop(failures, (row) => row.subject === subject && (browser === null || row.browser === browser)),
  'forget-misses': (tables, { factorId, browser, action, before }) => {
    const goes = (miss: Miss): boolean => miss.action === action || miss.browser === browser || miss.at < before;
    tables.misses = tables.misses.filter((miss) => miss.factorId !== factorId || !goes(miss));
  },
  'know-browser': ({ browsers }, { userId, browser, at }) => browsers.set(`${userId} ${browser}`, { userId, at }),
  'add-pass': ({ passes }, { pass }) => passes.unshift(structuredClone(pass)),
  'end-session': ({ sessions }, { tokenHash }) => sessions.delete(tokenHash),
  record: ({ events: kept }, { events }) => kept.push(...structuredClone(events)),
  post: ({ outbox }, { message }) => outbox.set(message.id, structuredClone(message)),
  'drop-message': ({ outbox }, { id }) => outbox.delete(id),
  'note-delivery': ({ challenges }, { code, delivery, retryAt }) => {
    const row = challenges.get(code.id);
    const isOpen = row?.delivery === 'accepted' || row?.delivery === 'unknown';
    if (isOpen && row.generation === code.generation) alter(challenges, code.id, () => ({ delivery, retryAt }));
  },
  'end-flow': ({ flows }, { id }) => alter(flows, id, end),
};

const apply = <Type extends Write['type']>(tables: Tables, write: Extract<Write, { type: Type }>): void => {
  const run: Applied[Type] = applied[write.type as Type];
  run(tables, write);
};

/**
 * Checks every condition before it changes anything; nothing is awaited, so nothing can come between. The writes belong
 * to no flow.
 */
export const change = (tables: Tables, writes: readonly Write[]): Committed => {
  const removed = new Set(writes.flatMap((write) => (write.type === 'remove-factor' ? [write.id] : [])));
  const lost = writes.map((write) => check(tables, write, removed)).find((result) => !result.done);
  if (lost) return lost;
  for (const write of writes) apply(tables, write);
  return done;
};

/** The same with the flow that the writes belong to. */
export const commit = (tables: Tables, flow: FlowRow, writes: readonly Write[]): Committed => {
  if (tables.flows.get(flow.id)?.version !== flow.version - 1) return lose('flow');
  const changed = change(tables, writes);
  if (changed.done) tables.flows.set(flow.id, structuredClone(flow));
  return changed;
};
