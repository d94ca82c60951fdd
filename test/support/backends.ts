import { fork, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { SimulatedMessage } from '@countersign/connectors/simulator';
import { createAdministratorKey, createKey, type KeyRing, type SettingsInput } from '@countersign/server';
import { createInbox, createVisitor, type Inbox, type Visitor } from '@countersign/server/testing';

/** What a process is told when it starts. */
export interface Given {
  /** The database file that all share; null for a memory of its own. */
  path: string | null;
  keys: KeyRing;
  origin: string;
  settings: SettingsInput;
  administrators: { keyHash: string; scopes: 'flows'[]; expiresAt: null }[];
  /** Unix milliseconds. */
  now: number;
}

/** Several processes that are one backend. */
export interface Backends {
  inbox: Inbox;
  /** A client whose requests go to each of the processes in turn. */
  visitor(fetcher?: typeof fetch): Visitor;
  fetch: typeof fetch;
  base: string;
  /** A flow that a host begins for the user. */
  begin(request: object): Promise<string>;
  /** A session for the user's own account, that a host asked for. */
  accountToken(userId: string): Promise<string>;
  now(): number;
  advance(milliseconds: number): Promise<void>;
  stop(): void;
}

type Said = { type: 'up'; url: string } | { type: 'set' } | { type: 'sent'; message: SimulatedMessage };

const program = fileURLToPath(new URL('backend-process.ts', import.meta.url));
const origin = 'http://localhost';

const next = (child: ChildProcess, type: Said['type']): Promise<Said> =>
  new Promise((resolve, reject) => {
    const fail = (code: number | null): void => reject(new Error(`a backend ended with ${code}`));
    const listen = (said: Said): void => {
      if (said.type !== type) return;
      child.off('message', listen).off('exit', fail);
      resolve(said);
    };
    child.on('message', listen).once('exit', fail);
  });

const startOne = async (given: Given, inbox: Inbox): Promise<[ChildProcess, string]> => {
  const child = fork(program, [JSON.stringify(given)], { execArgv: process.execArgv });
  child.on('message', (said: Said) => said.type === 'sent' && inbox.receive(said.message));
  const said = await next(child, 'up');
  return [child, said.type === 'up' ? said.url : ''];
};

/** Starts as many processes on one database file, or one with a memory of its own. */
export const startBackends = async (
  { path, processes, settings }: Pick<Given, 'path' | 'settings'> & { processes: number },
  start = Date.UTC(2026, 10, 24, 10, 42),
): Promise<Backends> => {
  const { key, keyHash } = await createAdministratorKey();
  const administrators: Given['administrators'] = [{ keyHash, scopes: ['flows'], expiresAt: null }];
  const given = { path, keys: [await createKey()] as const, origin, settings, administrators, now: start };
  const inbox = createInbox();
  const started: [ChildProcess, string][] = [];
  // One after the other: the first one makes the tables.
  for (let place = 0; place < processes; place += 1) started.push(await startOne(given, inbox));
  let now = start;
  let turn = 0;
  const base = `${origin}/api/v1`;
  const inTurn: typeof fetch = (input, init) => {
    const [, url] = started[(turn += 1) % started.length] ?? [];
    return fetch(String(input).replace(origin, url ?? ''), init);
  };
  const ask = async (path: string, request: object): Promise<string> => {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    const body = JSON.stringify({ firstFactor: { amr: ['pwd'], at: new Date(now).toISOString() }, ...request });
    const answer = await inTurn(`${base}${path}`, { method: 'POST', headers, body });
    const { token, ...rest } = (await answer.json()) as { token?: string };
    if (token === undefined) throw new Error(`${path}: ${JSON.stringify(rest)}`);
    return token;
  };

  return {
    inbox,
    visitor: (fetcher = inTurn) => createVisitor(fetcher, base, (size) => randomBytes(size)),
    fetch: inTurn,
    base,
    begin: (request) =>
      ask('/admin/flows', { kind: 'verify', userId: 'ada', audience: origin, nonce: 'n', ...request }),
    accountToken: (userId) => ask('/admin/account-tokens', { userId }),
    now: () => now,
    async advance(milliseconds) {
      now += milliseconds;
      const set = started.map(([child]) => next(child, 'set'));
      for (const [child] of started) child.send(now);
      await Promise.all(set);
    },
    stop: () => started.forEach(([child]) => child.kill()),
  };
};
