import assert from 'node:assert/strict';
import type { CompleteStep } from '@countersign/core/flow';
import * as v from 'valibot';
import { ownAccount } from '../../support/account.ts';
import { isPrimary, isUsable, mayRemove, type Person } from './person.ts';
import { count, type Tab, type World } from './world.ts';

/** What is held is what the person bound and did not take away, no more and no less; ids are learned by the way. */
export const checkHeld = async ({ kit }: World, person: Person): Promise<void> => {
  if (person.userId === null) return;
  const listed = await kit.backend.users.factors(person.userId);
  for (const { id, type } of listed) {
    const isKnown = person.held.some((held) => held.id === id);
    const fresh = isKnown ? null : person.held.find((held) => held.id === null && held.type === type);
    assert.ok(isKnown || fresh, `a ${type} is held that nobody bound`);
    if (fresh) fresh.id = id;
  }
  for (const { id, type } of person.held)
    assert.ok(
      listed.some((one) => one.id === id),
      `a ${type} is lost`,
    );
  const sets = person.held.filter((held) => !isPrimary(held)).length;
  assert.ok(sets <= 1, 'there are two sets of backup codes');
};

const isTrusted = ({ kit }: World, { browser, person, kind }: Tab): boolean =>
  kind === 'sign-in' && browser.trust.some((one) => one.person === person && kit.clock.now() < one.until);

/** Nobody is signed in without the second factor that is held, nor at all where one must be held. */
const judgeSignIn = (world: World, tab: Tab, person: Person): void => {
  const { policy } = world.settings;
  const isMandatory = policy?.mode === 'mandatory';
  const mustProve = (isMandatory || person.isOn) && person.held.some(isUsable);
  const isOnTrust = mustProve && tab.proved.length === 0;
  assert.ok(!isOnTrust || isTrusted(world, tab), 'signed in without the second factor');
  if (isOnTrust) count(world, 'trusted browser');
  assert.ok(!isMandatory || person.held.some(isPrimary), 'signed in without a second factor that must be held');
  if (isMandatory) person.isOn = true;
};

const judgeReset = (world: World, tab: Tab, person: Person): void => {
  assert.ok(tab.isAddressProved, 'a password is reset and the address was not proved');
  const isOn = world.settings.policy?.mode === 'mandatory' || person.isOn;
  const mustProve = isOn && person.held.some(isUsable);
  assert.ok(!mustProve || tab.proved.length > 0, 'a password is reset without the second factor');
};

const judgeRecovery = (tab: Tab): void => {
  assert.ok(
    tab.proved.some(({ type }) => type === 'pass'),
    'recovered without a pass',
  );
  assert.ok(tab.hasBound, 'recovered without a new factor');
};

/** A held factor; the strong one where that is about to be taken away; the password where nothing is held. */
const judgeVerify = (tab: Tab, person: Person): void => {
  const isProved = tab.proved.length > 0 || (tab.isFirstProved && tab.by === 'session' && !person.held.some(isUsable));
  assert.ok(isProved, `a verification (${tab.by}) is over without a factor`);
  const { action, target: id } = tab.purpose ?? {};
  const target = person.held.find((held) => held.id !== null && held.id === id);
  if (action !== 'remove-factor' || !target || tab.proved.length === 0) return;
  const isStrong = tab.proved.some((proved) => mayRemove(proved.held ?? proved, target));
  assert.ok(isStrong, `a ${target.type} may be removed on the word of ${tab.proved.map(({ type }) => type).join()}`);
};

const judgeKind = (world: World, tab: Tab, person: Person): void => {
  if (tab.by !== 'session' && tab.kind !== 'reset-password')
    assert.ok(tab.isFirstProved, 'the first factor is missing');
  switch (tab.kind) {
    case 'sign-up':
    case 'sign-in':
      return judgeSignIn(world, tab, person);
    case 'reset-password':
      return judgeReset(world, tab, person);
    case 'recover':
      return judgeRecovery(tab);
    case 'setup':
      assert.ok(tab.hasBound, 'setup is over, and nothing was set up');
      return;
    case 'verify':
      return judgeVerify(tab, person);
  }
};

const sessionBody = v.looseObject({ session: v.looseObject({ userId: v.string() }) });

const sessionLife = 12 * 3600_000;
const results = { person: 'session', host: 'proof', session: 'none' } as const;

const takeSession = async (world: World, { visitor, browser }: Tab, person: Person): Promise<void> => {
  browser.session = { person, until: world.kit.clock.now() + sessionLife };
  const { body } = await ownAccount(world.kit, visitor).send('GET', '/session');
  const { userId } = v.parse(sessionBody, body).session;
  assert.ok(person.userId === null || person.userId === userId, 'somebody else is signed in');
  person.userId = userId;
};

const checkProof = async ({ kit }: World, { kind, proved, person }: Tab, proof: string): Promise<void> => {
  assert.ok(kind === 'sign-in' || kind === 'setup' || kind === 'verify');
  const expectation = { userId: person?.userId ?? '', audience: kit.origin, nonce: 'nonce', kind };
  const { mfa } = await kit.backend.proofs.verify(proof, expectation);
  assert.equal(mfa, proved.length > 0, 'the proof tells the host something else than what was proved');
};

/** Whether the flow may be over, and what it may give. */
export const judgeEnd = async (world: World, tab: Tab, { result }: CompleteStep): Promise<void> => {
  const { kind, by, person, browser, purpose, session } = tab;
  assert.ok(person, `${kind} is over, and nobody knows whose it was`);
  tab.isOver = true;
  judgeKind(world, tab, person);
  const expected = kind === 'reset-password' ? 'none' : purpose ? 'step-up' : results[by];
  assert.equal(result.type, expected, `what a ${kind} (${by}) gives`);
  count(world, `end ${kind}/${by}`);
  if (result.type === 'session') await takeSession(world, tab, person);
  if (result.type === 'proof') await checkProof(world, tab, result.proof);
  if (result.type !== 'step-up' || !purpose) return;
  const until = Date.parse(result.expiresAt);
  world.stepUps.push({ token: result.token, ...purpose, browser, session, until, isUsed: false });
};
