import type { SettingsInput } from '@countersign/server';
import { createKey } from '@countersign/server';
import type { Identifier } from '@countersign/core/identifier';
import type { FlowKind } from '@countersign/core/flow';
import type { AccountAction } from '@countersign/core/requests';
import { createTestKit, type TestKit, type Visitor } from '@countersign/server/testing';
import type { Authenticator } from '../../support/authenticator.ts';
import type { Held, Person } from './person.ts';
import type { Sent } from './sent.ts';

export type Action = Parameters<Visitor['act']>[0];
export type Step = Visitor['flow']['step'];

/** An action, with what only whoever sends it knows. */
export interface Move {
  action: Action;
  /** Whether a passkey's answer says something else than an honest browser and device would. */
  isForged?: boolean;
}

export interface Accepted extends Move {
  /** The step that the action answered. */
  before: Step;
}

/** That somebody is signed in. */
export interface Session {
  person: Person;
  until: number;
}

/** A browser, with who is signed in there and who trusts it. */
export interface Browser {
  fetch: typeof fetch;
  session: Session | null;
  trust: { person: Person; until: number }[];
}

/** What was proved in a flow; `held` is null for a pass. */
export interface Proved {
  id: string | null;
  type: string;
  rank: number;
  held: Held | null;
}

/** One flow, and what was typed, sent and signed in it. */
export interface Tab {
  visitor: Visitor;
  browser: Browser;
  kind: FlowKind;
  by: 'person' | 'host' | 'session';
  /** The session that it began in; the browser may have another one by now. */
  session: Session | null;
  person: Person | null;
  /** The address that was named. */
  named: Identifier | null;
  isAddressProved: boolean;
  isFirstProved: boolean;
  proved: Proved[];
  hasBound: boolean;
  /** The number or address that is being bound. */
  typedTo: string;
  purpose: { action: AccountAction; target: string } | null;
  replaces: string | null;
  isOver: boolean;
}

/** Leave to change something, and how it was come by. */
export interface StepUp {
  token: string;
  action: AccountAction;
  target: string;
  /** The one session that it is for. */
  session: Session | null;
  browser: Browser;
  until: number;
  isUsed: boolean;
}

/** What was seen of all that there is to see, over all sequences. */
export type Seen = Map<string, number>;

export interface World {
  kit: TestKit;
  settings: Setting;
  people: Person[];
  browsers: [Browser, Browser];
  tabs: Tab[];
  tab: Tab;
  sent: Sent[];
  stepUps: StepUp[];
  devices: Authenticator[];
  /** Signatures that have been sent. */
  signed: unknown[];
  seen: Seen;
  /** What was done, to be read where it led to a fault. */
  way: string[];
  /** Makes numbers and addresses that nobody has had before. */
  serial: number;
}

export type Setting = Pick<SettingsInput, 'factors' | 'policy' | 'trustedDevices'> & { factors: string[] };

const all = ['sms', 'email', 'totp', 'passkey', 'backup-codes'];
const mandatory = { mode: 'mandatory' } as const;
const optional = { mode: 'optional', prompt: 'sign-in-and-sign-up' } as const;
const trustedDevices = { days: 30 };

/** Every world that sequences are played in. */
export const worlds: readonly Setting[] = [
  { factors: all, policy: mandatory, trustedDevices },
  { factors: all, policy: optional, trustedDevices },
  { factors: ['sms', 'backup-codes'], policy: mandatory },
  { factors: ['totp', 'passkey', 'sms', 'backup-codes'], policy: mandatory, trustedDevices },
  { factors: ['totp', 'passkey', 'backup-codes'], policy: optional },
];

const identifiers: ['email', 'phone'] = ['email', 'phone'];
/** A reset by a message is asked for here beside factors that are messages. */
const acknowledgeWarnings: NonNullable<SettingsInput['acknowledgeWarnings']> = [
  'mfa.forgot_password_weakens_sms',
  'mfa.forgot_password_weakens_email',
];

const key = await createKey();

const newKit = (settings: Setting): Promise<TestKit> =>
  createTestKit({
    keys: [key],
    origins: ['https://app.example.com'],
    settings: { ...settings, signUp: { identifiers }, resetPassword: { identifiers }, acknowledgeWarnings },
  });

/** A backend with nobody in it yet; its `tab` is that of the flow that was begun last. */
export const createWorld = async (settings: Setting, seen: Seen): Promise<World> => {
  const kit = await newKit(settings);
  const browser = (): Browser => ({ fetch: kit.browser(), session: null, trust: [] });
  let current: Tab | null = null;
  return {
    kit,
    settings,
    people: [],
    browsers: [browser(), browser()],
    tabs: [],
    get tab() {
      if (!current) throw new Error('no flow was begun yet');
      return current;
    },
    set tab(tab) {
      current = tab;
    },
    sent: [],
    stepUps: [],
    devices: [],
    signed: [],
    seen,
    way: [],
    serial: 0,
  };
};

export const count = ({ seen }: Pick<World, 'seen'>, what: string): void =>
  void seen.set(what, (seen.get(what) ?? 0) + 1);

/** The item of a list that a number stands for. */
export const choose = <Item>(pick: number, items: readonly Item[]): Item | undefined => items[pick % items.length];

/** The person who is known by the address. */
export const ownerOf = ({ people }: World, identifier: Identifier | null): Person | undefined =>
  people.find((person) => person.identifier.value === identifier?.value);

/** Ends what a change of what protects the account ends; `except` is the session that made it. */
export const endSessions = ({ browsers }: World, person: Person, except: Session | null): void => {
  for (const browser of browsers) {
    if (browser.session !== except && browser.session?.person === person) browser.session = null;
  }
};

export const forgetTrust = ({ browsers }: World, person: Person): void => {
  for (const browser of browsers) browser.trust = browser.trust.filter((one) => one.person !== person);
};
