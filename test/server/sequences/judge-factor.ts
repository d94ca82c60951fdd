import assert from 'node:assert/strict';
import {
  type FactorType,
  heldAs,
  type Held,
  isUsable,
  mayRemove,
  type NewHeld,
  type Person,
  readPaper,
  stepOfCode,
  strengthOf,
} from './person.ts';
import { spendMessage } from './sent.ts';
import { type Accepted, count, endSessions, forgetTrust, type Tab, type World } from './world.ts';

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Object.entries(value).find(([key]) => key === name)?.[1] : undefined;

const personOf = ({ person, kind }: Tab): Person => {
  assert.ok(person, `${kind} is about a factor, and nobody knows whose`);
  return person;
};

const deviceOf = ({ devices }: World, { action, isForged }: Accepted) => {
  assert.ok(isForged !== true, `a forged answer to ${action.type} was accepted`);
  const device = devices.find(({ id }) => id === field(action['credential'], 'id'));
  assert.ok(device, 'the answer of a device that there is not was accepted');
  return device;
};

/** What the accepted action is the first proof of. */
const newHeld = (world: World, tab: Tab, accepted: Accepted): NewHeld => {
  const { action, before } = accepted;
  const type = field(before, 'factor');
  if (action.type === 'register') return { type: 'passkey', device: deviceOf(world, accepted) };
  if (action.type === 'acknowledge') {
    const codes = field(before, 'codes');
    assert.ok(Array.isArray(codes) && codes.length === 10);
    return { type: 'backup-codes', unused: codes.map(String) };
  }
  if (type === 'totp') {
    const secret = String(field(before, 'secret')).replaceAll(' ', '');
    const after = stepOfCode(String(action['code']), { secret, after: 0 }, world.kit.clock.now());
    assert.ok(after !== null, 'an app was bound by a code that is not of its key');
    return { type, secret, after };
  }
  assert.ok(type === 'sms' || type === 'email');
  spendMessage(world, action['code'], { to: tab.typedTo, usage: 'BindMfa' });
  return { type, to: tab.typedTo };
};

const replace = (world: World, tab: Tab, person: Person): void => {
  const target = person.held.find(({ id }) => id !== null && id === tab.replaces);
  if (!target) return;
  const isStrong = tab.proved.some((proved) => mayRemove(proved, target));
  assert.ok(isStrong, `a ${target.type} was replaced on the word of ${tab.proved.map(({ type }) => type).join()}`);
  remove(person, target);
  count(world, 'changed replace');
};

/** Takes a factor away; an address that the person signed up with must not come back by itself. */
export const remove = (person: Person, target: Held): void => {
  person.held = person.held.filter((held) => held !== target);
  if ('to' in target && target.to === person.identifier.value) person.isAddressOff = true;
};

const prove = (tab: Tab, held: Held): void => {
  const { id, type, rank } = held;
  tab.proved.push({ id, type, rank, held });
};

/** Binds what was proved for the first time, if enough was proved before. */
export const bind = (world: World, tab: Tab, accepted: Accepted): void => {
  const person = personOf(tab);
  const made = newHeld(world, tab, accepted);
  const vouched = tab.proved.length === 0 ? Infinity : Math.max(1, ...tab.proved.map(({ rank }) => rank));
  const isAlone = tab.proved.length === 0 && person.held.some(isUsable);
  assert.ok(tab.isFirstProved || tab.proved.length > 0, `a ${made.type} was bound in a mere session`);
  assert.ok(!isAlone, `a ${made.type} was bound on the first factor alone, and another is held`);
  if (tab.kind === 'recover') assert.ok(tab.proved.length > 0, 'a factor was bound without the pass');
  const held = { ...made, id: null, rank: Math.min(strengthOf[made.type], vouched) };
  replace(world, tab, person);
  if (made.type === 'backup-codes') person.held = person.held.filter(({ type }) => type !== 'backup-codes');
  person.held.push(held);
  person.isOn = true;
  tab.hasBound = true;
  prove(tab, held);
  count(world, `bound ${made.type}`);
  if (tab.kind === 'setup' || tab.kind === 'recover') forgetTrust(world, person);
  if (tab.kind === 'recover') endSessions(world, person, null);
  if (tab.by === 'session') endSessions(world, person, tab.session);
};

/** The address that a person has proved is a factor, where addresses of its kind are. */
export const bindAddress = ({ settings }: World, tab: Tab): void => {
  const { kind, person, isFirstProved } = tab;
  if ((kind !== 'sign-in' && kind !== 'sign-up') || !isFirstProved || !person || person.isAddressOff) return;
  const { type: address, value: to } = person.identifier;
  const type = address === 'email' ? 'email' : 'sms';
  if (!settings.factors.includes(type) || person.held.some((held) => 'to' in held && held.to === to)) return;
  const held: Held = { type, to, id: null, rank: 1 };
  person.held.push(held);
  if (kind === 'sign-up') prove(tab, held);
};

/** Whoever came to a reset by a message is asked for something else, where they hold it. */
const checkReset = (tab: Tab, person: Person, used: Held): void => {
  const type: FactorType = tab.named?.type === 'email' ? 'email' : 'sms';
  const others = person.held.some((held) => isUsable(held) && held.type !== type);
  assert.ok(used.type !== type || !others, `a reset by ${type} was allowed by ${type}, and something else is held`);
};

const useUp = (world: World, accepted: Accepted, held: Held): void => {
  const typed = String(accepted.action['code']);
  switch (held.type) {
    case 'sms':
    case 'email':
      return spendMessage(world, typed, { to: held.to, usage: 'MfaVerification' });
    case 'totp': {
      const step = stepOfCode(typed, held, world.kit.clock.now());
      assert.ok(step !== null, 'a code was accepted that is not of the app, or has served before');
      held.after = step;
      return;
    }
    case 'backup-codes': {
      const left = held.unused.filter((code) => readPaper(code) !== readPaper(typed));
      assert.equal(left.length, held.unused.length - 1, 'a backup code was accepted that is none, or was used before');
      held.unused = left;
      return;
    }
    case 'passkey':
      assert.equal(held.device, deviceOf(world, accepted));
  }
};

/** A held factor is proved by what was typed or signed. */
export const verify = (world: World, tab: Tab, accepted: Accepted): void => {
  const person = personOf(tab);
  const credential = field(accepted.action['credential'], 'id');
  const { before } = accepted;
  const held =
    credential === undefined
      ? heldAs(person, { factorId: field(before, 'factorId'), factor: field(before, 'factor') })
      : person.held.find((one) => 'device' in one && one.device.id === credential);
  assert.ok(held, 'a factor was proved that is not held');
  useUp(world, accepted, held);
  if (tab.kind === 'reset-password') checkReset(tab, person, held);
  prove(tab, held);
  count(world, `proved ${held.type}`);
  const isTrusting = accepted.action['trust'] === true && (tab.kind === 'sign-in' || tab.kind === 'sign-up');
  const { days } = world.settings.trustedDevices ?? { days: 0 };
  if (!isTrusting || held.type === 'backup-codes') return;
  tab.browser.trust.push({ person, until: world.kit.clock.now() + days * 24 * 3600_000 });
};
