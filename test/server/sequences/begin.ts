import assert from 'node:assert/strict';
import type { HostKind, OwnKind } from '@countersign/core/flow';
import type { BeginRequest } from '@countersign/core/requests';
import type { Reply, Visitor } from '@countersign/server/testing';
import { judge } from './judge.ts';
import { isUsable, type Person } from './person.ts';
import { receive } from './sent.ts';
import { type Browser, choose, count, type Tab, type World } from './world.ts';

/** As many flows as one person may have open beside each other. */
const openTabs = 3;

type Begun = Pick<Tab, 'visitor' | 'browser' | 'kind' | 'by'> & Partial<Tab>;

const enter = async (world: World, reply: Reply, begun: Begun): Promise<Reply> => {
  receive(world, reply);
  if (reply.status !== 201) return reply;
  world.tab = {
    person: null,
    named: null,
    isAddressProved: false,
    isFirstProved: false,
    proved: [],
    hasBound: false,
    typedTo: '',
    purpose: null,
    replaces: null,
    session: null,
    isOver: false,
    ...begun,
  };
  world.tabs = [...world.tabs, world.tab].slice(-openTabs);
  count(world, `begin ${begun.kind}/${begun.by}`);
  world.way.push(`begin ${begun.kind} (${begun.by}), browser ${world.browsers.indexOf(begun.browser)}`);
  await judge(world, null);
  return reply;
};

const visitorIn = ({ kit }: World, { fetch }: Browser): Visitor => kit.visitor(fetch);

/** Begins what needs neither a host nor a session. */
export const beginOwn = async (world: World, browser: Browser, kind: OwnKind): Promise<Reply> => {
  const visitor = visitorIn(world, browser);
  return enter(world, await visitor.begin(kind), { visitor, browser, kind, by: 'person' });
};

/** Begins what a host may, for a user it knows, whose password it has seen just now or long ago. */
export const beginForHost = async (
  world: World,
  browser: Browser,
  { kind, person, isFresh }: { kind: HostKind; person: Person; isFresh: boolean },
): Promise<Reply | null> => {
  const { kit } = world;
  if (person.userId === null) return null;
  const mustBeFresh = kind === 'sign-in' || !person.held.some(isUsable);
  const at = kit.clock.now() - (isFresh || mustBeFresh ? 0 : 11 * 60_000);
  const { token } = await kit.begin({ kind, userId: person.userId, firstFactor: { amr: ['pwd'], at } });
  const visitor = visitorIn(world, browser);
  const begun = { visitor, browser, kind, by: 'host', person, isFirstProved: true } as const;
  return enter(world, await visitor.claim(token), begun);
};

export type SessionRequest = Extract<BeginRequest, { kind: 'setup' | 'verify' }>;

/** Begins a change of the account in whatever session the browser has. */
export const beginInSession = async (world: World, browser: Browser, request: SessionRequest): Promise<Reply> => {
  const visitor = visitorIn(world, browser);
  const reply = await visitor.begin(request);
  receive(world, reply);
  if (reply.status !== 201) return reply;
  const { session } = browser;
  assert.ok(session && world.kit.clock.now() < session.until, `${request.kind} begins in a session that is over`);
  const { person } = session;
  const purpose = request.kind === 'verify' ? request.for : null;
  const replaces = request.kind === 'setup' ? (request.replaces ?? null) : null;
  const target = purpose && purpose.action !== 'export' ? purpose.target : replaces;
  const isOwn = target === null || person.held.some(({ id }) => id === target);
  assert.ok(isOwn, `${request.kind} begins about a factor of somebody else`);
  return enter(world, reply, {
    visitor,
    browser,
    kind: request.kind,
    by: 'session',
    session,
    person,
    purpose,
    replaces,
  });
};

const ownKinds = ['sign-in', 'sign-in', 'sign-up', 'reset-password', 'recover'] as const;
const hostKinds = ['sign-in', 'setup', 'verify'] as const;
const changes = ['remove-factor', 'remove-factor', 'rename-factor', 'set-default', 'export'] as const;

const requestFor = ({ people, settings }: World, person: Person, pick: number): SessionRequest => {
  const others = people.flatMap(({ held }) => held);
  const target = choose(pick >> 3, pick % 16 === 0 ? others : person.held)?.id ?? 'fac_none';
  if (pick % 8 > 4) return { kind: 'setup' };
  if (pick % 8 > 2) {
    const types = settings.factors.filter((type) => type !== 'backup-codes');
    return { kind: 'setup', factor: choose(pick >> 3, types) ?? 'sms', replaces: target };
  }
  const action = choose(pick >> 2, changes) ?? 'export';
  return { kind: 'verify', for: { action, target: action === 'export' ? (person.userId ?? '') : target } };
};

/** Begins any kind of flow, for anybody, in either browser. */
export const beginAny = async (world: World, pick: number): Promise<void> => {
  const { browsers, people } = world;
  const browser = browsers[(pick >> 4) % 2 === 0 ? 0 : 1];
  const person = choose(pick >> 5, people);
  if (person && pick % 4 === 1) {
    const kind = choose(pick >> 2, hostKinds) ?? 'verify';
    await beginForHost(world, browser, { kind, person, isFresh: pick % 3 > 0 });
  } else if (person && pick % 4 > 1) {
    const signedIn = browsers.find(({ session }) => session) ?? browser;
    await beginInSession(world, signedIn, requestFor(world, signedIn.session?.person ?? person, pick >> 2));
  } else {
    await beginOwn(world, browser, choose(pick >> 2, ownKinds) ?? 'sign-in');
  }
};
