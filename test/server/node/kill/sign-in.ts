import assert from 'node:assert/strict';
import { createPerson, type Person } from './person.ts';
import { checkHeld, wrong } from './sign-up.ts';
import { holds, insist, type Member, newest, type World } from './world.ts';

const sendsPerNumber = 5;

/** The code that was sent to verify with, if it arrived; one that was right before is of an earlier message. */
const openCode = (world: World, { phone, usedCodes }: Member): string | null => {
  const message = phone === null ? undefined : newest(world, phone, 'MfaVerification');
  return message && !usedCodes.includes(message.code) ? message.code : null;
};

const namePerson = async (world: World, { identifier, password }: Member, options?: { shared: boolean }) => {
  const person = createPerson(world, options);
  await person.begin('sign-in');
  await person.act({ type: 'identify', identifier, password });
  holds(world, 'password');
  return person;
};

const refuse = async (world: World, person: Person, expected: { code: string; typed: string }): Promise<void> => {
  const { reply } = await person.act({ type: 'submit-code', code: expected.typed }, 400);
  assert.equal(reply.problem.code, expected.code);
  holds(world, `refused: ${expected.code}`);
};

/** Chooses the backup codes, which are offered wherever the person stands. */
const chooseBackup = async (person: Person): Promise<void> => {
  const { step } = await person.act({ type: 'switch' });
  assert.ok(step.name === 'choose-factor');
  const factorId = step.held.find(({ type }) => type === 'backup-codes')?.id;
  await person.act({ type: 'choose', factorId });
};

const byBackupCode = async (world: World, person: Person, member: Member): Promise<void> => {
  await chooseBackup(person);
  const [spent] = member.spent;
  const invalid = 'session.mfa.invalid_backup_code';
  if (spent !== undefined) await refuse(world, person, { typed: spent, code: invalid });
  const code = member.backupCodes.find((one) => !member.spent.includes(one)) ?? '';
  await person.act({ type: 'submit-code', code });
  member.spent.push(code);
};

const byMessage = async (
  world: World,
  person: Person,
  { member, code }: { member: Member; code: string },
): Promise<void> => {
  // Somebody else who knows the password, and is sent no other code.
  const twin = world.chance() < 0.4 ? await namePerson(world, member, { shared: true }) : null;
  if (world.chance() < 0.3) {
    await refuse(world, person, { typed: wrong(code), code: 'verification_code.code_mismatch' });
  }
  await person.act({ type: 'submit-code', code });
  member.usedCodes.push(code);
  if (twin === null) return;
  const isRefused = () => refuse(world, twin, { typed: code, code: 'verification_code.expired' });
  await isRefused();
  member.mustBeRefused.push(isRefused);
};

const checkSession = async (world: World, token: string, status: number): Promise<void> => {
  const headers = { authorization: `Bearer ${token}` };
  const { result } = await insist(world, () => fetch(`${world.server.url}/api/v1/session`, { headers }));
  assert.equal(result.status, status);
  holds(world, status === 200 ? 'session' : 'session ended');
};

/** Everything that is acknowledged to a member and can be seen without signing in. */
export const checkMember = async (world: World, member: Member): Promise<void> => {
  for (const token of member.sessions) await checkSession(world, token, 200);
  for (const token of member.endedSessions) await checkSession(world, token, 401);
  for (const isRefused of member.mustBeRefused) await isRefused();
};

const signOut = async (world: World, member: Member): Promise<void> => {
  const token = member.sessions.pop();
  const init = { method: 'DELETE', headers: { authorization: `Bearer ${token}` } };
  const { result } = await insist(world, () => fetch(`${world.server.url}/api/v1/session`, init));
  assert.equal(result.status, 204);
  member.endedSessions.push(String(token));
};

/** Signs in with the password and one of the factors. */
export const signIn = async (world: World, member: Member): Promise<void> => {
  await checkMember(world, member);
  const person = await namePerson(world, member);
  const code = person.step.name === 'verify-factor' ? openCode(world, member) : null;
  assert.ok(code !== null || ['verify-factor', 'blocked'].includes(person.step.name), person.step.name);
  if (code === null || member.usedCodes.length >= sendsPerNumber || world.chance() < 0.5) {
    await byBackupCode(world, person, member);
  } else {
    await byMessage(world, person, { member, code });
  }
  checkHeld(world, person, member);
  if (world.chance() < 0.3) await signOut(world, member);
};
