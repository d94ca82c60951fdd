import assert from 'node:assert/strict';
import { changeRequests, ownAccount } from '../../support/account.ts';
import { checkHeld } from './judge-end.ts';
import { remove } from './judge-factor.ts';
import { isPrimary, isUsable, type Person } from './person.ts';
import { receive } from './sent.ts';
import { choose, count, endSessions, forgetTrust, type StepUp, type World } from './world.ts';

const actions = ['rename-factor', 'set-default', 'remove-factor', 'export'] as const;

/** A change as it is asked for: not always what the step-up is for, nor in the browser that it is for. */
type Asked = Pick<StepUp, 'action' | 'target' | 'browser'>;

const personOf = ({ kit }: World, { browser }: Asked): Person | null => {
  const { session } = browser;
  return session && kit.clock.now() < session.until ? session.person : null;
};

const isLeft = ({ kit }: World, stepUp: StepUp, asked: Asked): boolean =>
  !stepUp.isUsed &&
  kit.clock.now() < stepUp.until &&
  stepUp.session === asked.browser.session &&
  stepUp.action === asked.action &&
  (asked.action === 'export' || stepUp.target === asked.target);

/** The last factor stays where one must be held; else its going turns 2-step verification off, and its codes go too. */
const takeAway = (world: World, person: Person, { target: id, browser }: Asked): void => {
  const target = person.held.find((held) => held.id === id);
  assert.ok(target, 'a factor was removed that the person does not hold');
  remove(person, target);
  const isLast = isPrimary(target) && !person.held.some(isPrimary);
  assert.ok(!isLast || world.settings.policy?.mode !== 'mandatory', 'the last factor was removed');
  if (isLast) Object.assign(person, { held: [], isOn: false });
  endSessions(world, person, browser.session);
  forgetTrust(world, person);
};

const send = async (world: World, stepUp: StepUp, asked: Asked): Promise<void> => {
  const { action, target, browser } = asked;
  const { method, path, body } = changeRequests[action](target);
  const account = ownAccount(world.kit, world.kit.visitor(browser.fetch));
  const reply = await account.send(method, path, { stepUp: stepUp.token, ...(body && { body }) });
  world.way.push(`change ${action} ${reply.status}`);
  receive(world, reply);
  const person = personOf(world, asked);
  const may = person !== null && isLeft(world, stepUp, asked);
  if (reply.status !== 200) {
    const isHeld = action === 'export' || person?.held.some(({ id }) => id === target) === true;
    const isRight = may && isHeld && reply.body['code'] !== 'account.last_factor';
    assert.ok(!isRight, `${action} was refused with the leave for it: ${JSON.stringify(reply.body)}`);
    return count(world, `refused ${action}`);
  }
  assert.ok(may, `${action} was allowed by a step-up that is used, over, or for something else`);
  if (action !== 'export') stepUp.isUsed = true;
  if (action === 'remove-factor') takeAway(world, person, asked);
  count(world, `changed ${action}`);
  await checkHeld(world, person);
};

/** Changes an account with a step-up that somebody came by, for what it is for or for something else. */
export const change = async (world: World, pick: number): Promise<void> => {
  const stepUp = world.stepUps.findLast(({ isUsed }) => !isUsed || pick % 3 === 0);
  if (!stepUp) return;
  const { action, target, browser } = stepUp;
  const ids = world.people.flatMap(({ held }) => held.filter(isUsable).flatMap(({ id }) => id ?? []));
  const asked = { action, target, browser };
  if (pick % 8 === 1) asked.target = choose(pick >> 3, ids) ?? target;
  if (pick % 8 === 2) asked.action = choose(pick >> 3, actions) ?? action;
  if (pick % 8 === 3) asked.browser = choose(pick >> 3, world.browsers) ?? browser;
  await send(world, stepUp, asked);
};
