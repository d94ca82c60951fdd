import { createAuthenticator, type Lies } from '../../support/authenticator.ts';
import { toCreate, toSign } from '../../support/passkeys.ts';
import { password } from '../../support/primary.ts';
import { newEmail, newPhone } from './answers.ts';
import { appCode } from './person.ts';
import { type Action, choose, type Move, type World } from './world.ts';

/** Codes that somebody may type: of messages old and new, of apps that are early or late, from paper, and made up. */
const codes = ({ kit, sent, people }: World): string[] => {
  const held = people.flatMap((person) => person.held);
  const apps = held.flatMap((one) =>
    one.type === 'totp' ? [-1, 0, 1].map((off) => appCode(one.secret, kit.clock.now(), off)) : [],
  );
  const paper = held.flatMap((one) => (one.type === 'backup-codes' ? one.unused.slice(0, 2) : []));
  const messages = sent.slice(-6).map(({ code }) => code);
  return [...messages, ...apps, ...paper, '000000', '0000-0000-0000-0000', 'nonsense', ''];
};

const lies: readonly Lies[] = [
  { origin: 'https://evil.example' },
  { challenge: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' },
  { flags: 0 },
  { rpId: 'evil.example' },
];

/** What a device signs that belongs to anybody, or that lies, or that was signed before. */
const signature = (world: World, pick: number): Move => {
  const { tab, devices, signed } = world;
  const device = choose(pick, devices) ?? createAuthenticator({ origin: world.kit.origin });
  const old = choose(pick, signed);
  if (pick % 3 === 0 && old) return { action: { type: 'authenticate', credential: old }, isForged: true };
  const lie = pick % 2 === 0 ? choose(pick, lies) : undefined;
  const credential = device.get(toSign(tab.visitor), lie);
  signed.push(credential);
  return { action: { type: 'authenticate', credential }, isForged: lie !== undefined };
};

const registration = (world: World, pick: number): Move => {
  const { tab, devices, kit } = world;
  const device = choose(pick, devices) ?? createAuthenticator({ origin: kit.origin });
  const credential = device.create(toCreate(tab.visitor), choose(pick, lies));
  return { action: { type: 'register', credential }, isForged: true };
};

const identify = (world: World, pick: number): Action => {
  const { people, tab } = world;
  const addresses = [...people.map(({ identifier }) => identifier), { type: 'email', value: newEmail(world) }];
  const passwords = [undefined, 'a wrong password', ...people.map((person) => person.password)];
  const typed = tab.kind === 'sign-in' || tab.kind === 'recover' ? choose(pick >> 3, passwords) : undefined;
  return { type: 'identify', identifier: choose(pick, addresses), ...(typed !== undefined && { password: typed }) };
};

const chosen = ({ people, tab }: World, pick: number): Action => {
  const { step } = tab.visitor.flow;
  const ids = people.flatMap(({ held }) => held.flatMap(({ id }) => id ?? []));
  const isSetup = step.name === 'choose-factor' && step.mode === 'setup';
  if (isSetup) return { type: 'choose', factor: choose(pick, ['sms', 'email', 'totp', 'passkey', 'backup-codes', '']) };
  return { type: 'choose', factorId: choose(pick, [...ids, 'fac_none']) };
};

const typedPassword = ({ people }: World, pick: number): string =>
  choose(pick, [...people.map((person) => person.password), 'short', 'a wrong password', `${password} ${pick}`]) ?? '';

const ways: Readonly<Record<string, (world: World, pick: number) => Action>> = {
  identify,
  choose: chosen,
  'submit-code': (world, pick) => ({
    type: 'submit-code',
    code: choose(pick, codes(world)),
    ...(pick % 2 && { trust: true }),
  }),
  'set-password': (world, pick) => ({ type: 'set-password', password: typedPassword(world, pick) }),
  'submit-password': (world, pick) => ({ type: 'submit-password', password: typedPassword(world, pick) }),
  'submit-pass': ({ people }, pick) => ({
    type: 'submit-pass',
    pass: choose(pick, [...people.flatMap(({ passes }) => passes.map(({ text }) => text)), '0000-0000-0000-0000']),
  }),
  'submit-phone': (world, pick) => ({
    type: 'submit-phone',
    phone: choose(pick, [newPhone(world), '+31600000000', ...addressesOf(world)]),
  }),
  'submit-email': (world, pick) => ({
    type: 'submit-email',
    email: choose(pick, [newEmail(world), 'nowhere', ...addressesOf(world)]),
  }),
};

const addressesOf = ({ people }: World): string[] =>
  people.flatMap(({ held }) => held.flatMap((one) => ('to' in one ? [one.to] : [])));

const everywhere = ['skip', 'switch', 'back', 'acknowledge', 'turn-on', 'retry', 'submit-code', 'set-password'];

/** What anybody may try at the step: mostly what it accepts, with whatever they have got hold of. */
export const guess = (world: World, pick: number): Move => {
  const { actions, name } = world.tab.visitor.flow.step;
  const type = choose(pick, pick % 5 === 0 ? everywhere : actions) ?? 'retry';
  if (type === 'authenticate' && name === 'verify-factor') return signature(world, pick);
  if (type === 'register' && name === 'setup-factor') return registration(world, pick);
  return { action: ways[type]?.(world, pick) ?? { type } };
};
