import assert from 'node:assert/strict';
import { identifier } from '@countersign/core/identifier';
import * as v from 'valibot';
import { bind, bindAddress, verify } from './judge-factor.ts';
import { checkHeld, judgeEnd } from './judge-end.ts';
import { newPerson } from './person.ts';
import { spendMessage } from './sent.ts';
import { type Accepted, count, endSessions, forgetTrust, ownerOf, type Tab, type World } from './world.ts';

const proveAddress = (world: World, tab: Tab, typed: unknown): void => {
  const usage = tab.kind === 'sign-up' ? 'Register' : 'ForgotPassword';
  spendMessage(world, typed, { to: tab.named?.value ?? '', usage });
  tab.isAddressProved = true;
  if (tab.kind === 'reset-password') tab.person = ownerOf(world, tab.named) ?? null;
};

const provePassword = (world: World, tab: Tab, typed: unknown): void => {
  const person = tab.by === 'session' ? tab.person : ownerOf(world, tab.named);
  assert.ok(person && person.password === typed, `${String(typed)} was accepted as the password`);
  tab.person = person;
  tab.isFirstProved = true;
};

const setPassword = (world: World, tab: Tab, typed: unknown): void => {
  assert.ok(tab.isAddressProved && tab.named, 'a password is set for an address that nobody proved');
  if (tab.kind === 'sign-up') {
    assert.equal(ownerOf(world, tab.named), undefined, 'two people sign up with one address');
    tab.person = newPerson(tab.named, String(typed));
    world.people.push(tab.person);
    tab.isFirstProved = true;
    return;
  }
  const { person } = tab;
  assert.ok(person, 'the password of nobody is reset');
  person.password = String(typed);
  endSessions(world, person, null);
  forgetTrust(world, person);
};

const usePass = (world: World, tab: Tab, typed: unknown): void => {
  const now = world.kit.clock.now();
  const passes = tab.person?.passes ?? [];
  const pass = passes.find(({ text, until }) => text === typed && now < until);
  assert.ok(pass, `${String(typed)} was accepted as a pass`);
  passes.splice(passes.indexOf(pass), 1);
  tab.proved.push({ id: null, type: 'pass', rank: 1, held: null });
  count(world, 'proved pass');
};

/** What an accepted action proves, by what was typed, sent and signed. */
const learn = (world: World, tab: Tab, accepted: Accepted): void => {
  const { action, before } = accepted;
  switch (action.type) {
    case 'identify':
      tab.named = v.parse(identifier, action['identifier']);
      if (action['password'] !== undefined) provePassword(world, tab, action['password']);
      return;
    case 'submit-password':
      return provePassword(world, tab, action['password']);
    case 'set-password':
      return setPassword(world, tab, action['password']);
    case 'submit-pass':
      return usePass(world, tab, action['pass']);
    case 'submit-phone':
    case 'submit-email':
      tab.typedTo = String(action['phone'] ?? action['email']);
      return;
    case 'skip':
      return count(world, `skipped ${before.name}`);
    case 'turn-on':
      if (tab.person) tab.person.isOn = true;
      return;
    case 'submit-code':
      if (before.name === 'enter-code') return proveAddress(world, tab, action['code']);
      return before.name === 'verify-factor' ? verify(world, tab, accepted) : bind(world, tab, accepted);
    case 'register':
    case 'acknowledge':
      return bind(world, tab, accepted);
    case 'authenticate':
      return verify(world, tab, accepted);
    default:
  }
};

/** What may change what is held. */
const proofs = ['submit-code', 'register', 'acknowledge'];

/** Judges an answer: an accepted action by what it proves, and wherever the flow ends, whether it may. */
export const judge = async (world: World, accepted: Accepted | null): Promise<void> => {
  const { tab } = world;
  if (accepted) learn(world, tab, accepted);
  bindAddress(world, tab);
  const { step } = tab.visitor.flow;
  count(world, `step ${step.name}`);
  if (step.name !== 'complete') assert.ok(step.actions.length > 0, `nothing can be done at ${step.name}`);
  else if (!tab.isOver) await judgeEnd(world, tab, step);
  const isProof = accepted !== null && proofs.includes(accepted.action.type);
  if (tab.person && (isProof || step.name === 'complete')) await checkHeld(world, tab.person);
};
