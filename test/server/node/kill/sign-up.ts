import assert from 'node:assert/strict';
import { createPerson, type Outcome, type Person } from './person.ts';
import { holds, type Member, newest, type World } from './world.ts';

let people = 0;

const newPhone = (): string => `+3161${String((people += 1)).padStart(7, '0')}`;
const newEmail = (): string => `person${(people += 1)}@example.com`;

const newIdentifier = ({ chance }: World): Member['identifier'] =>
  chance() < 0.5 ? { type: 'email', value: newEmail() } : { type: 'phone', value: newPhone() };

/** The code of a message that an acknowledged action sent; null where the server may have died before it could. */
const codeSentTo = (world: World, { doubted }: Outcome, [to, usage]: [string, string]): string | null => {
  const message = newest(world, to, usage);
  assert.ok(message || doubted, `an action was acknowledged, but its message to ${to} was never sent`);
  if (message) holds(world, 'message sent');
  return message?.code ?? null;
};

/** Proves an address; another one where the code got lost, since the next would have to be waited for. */
const proveAddress = async (world: World, person: Person): Promise<Member['identifier']> => {
  const identifier = newIdentifier(world);
  const outcome = await person.act({ type: 'identify', identifier });
  const code = codeSentTo(world, outcome, [identifier.value, 'Register']);
  if (code === null) {
    await person.act({ type: 'back' });
    return proveAddress(world, person);
  }
  if (world.chance() < 0.3) await person.act({ type: 'submit-code', code: wrong(code) }, 400);
  await person.act({ type: 'submit-code', code });
  return identifier;
};

/** Another code of the same length. */
export const wrong = (code: string): string => code.replace(/\d$/u, (digit) => String((Number(digit) + 1) % 10));

const bindPhone = async (world: World, person: Person, member: Member): Promise<void> => {
  const phone = newPhone();
  const outcome = await person.act({ type: 'submit-phone', phone });
  const code = codeSentTo(world, outcome, [phone, 'BindMfa']);
  if (code === null) {
    await person.act({ type: 'back' });
    return bindPhone(world, person, member);
  }
  await person.act({ type: 'submit-code', code });
  member.phone = phone;
};

/** What the `complete` step says that the user holds must be what was acknowledged, each thing once. */
export const checkHeld = (world: World, { step }: Person, member: Member): void => {
  assert.ok(step.name === 'complete' && step.result.type === 'session' && step.result.token !== null);
  assert.deepEqual(
    step.held.map(({ type, target }) => [type, target]),
    [
      ['sms', `•••• ${member.phone?.slice(-2)}`],
      ['backup-codes', String(member.backupCodes.length - member.spent.length)],
    ],
  );
  holds(world, 'factors held once');
  member.sessions.push(step.result.token);
};

/** Sets up what is asked for, until the session is there. */
export const setUp = async (world: World, person: Person, member: Member): Promise<void> => {
  if (person.step.name === 'setup-factor') await bindPhone(world, person, member);
  if (person.step.name === 'save-backup-codes') {
    assert.ok('codes' in person.step && Array.isArray(person.step['codes']));
    const codes: string[] = person.step['codes'].map(String);
    await person.act({ type: 'acknowledge' });
    member.backupCodes = codes;
  }
  checkHeld(world, person, member);
};

/** A new member, from the first step to the session. */
export const signUp = async (world: World): Promise<Member> => {
  const person = createPerson(world);
  await person.begin('sign-up');
  const identifier = await proveAddress(world, person);
  const password = `a password of number ${people}`;
  await person.act({ type: 'set-password', password });
  const member: Member = {
    identifier,
    password,
    phone: identifier.type === 'phone' ? identifier.value : null,
    backupCodes: [],
    spent: [],
    usedCodes: [],
    sessions: [],
    endedSessions: [],
    mustBeRefused: [],
  };
  world.members.push(member);
  await setUp(world, person, member);
  return member;
};
