import '@countersign/elements/phone-field/numbering';
import { createTestKit, drive } from '@countersign/server/testing';
import { accounts, address, password, phone } from '../../../../stories/support/account.ts';
import { recoveryPass } from '../../../support/recovery-pass.ts';
import type { Person } from '../person.ts';
import { member, minute, opensOwn, own } from './places.ts';

/* Ways through the flows that a person begins. */

export const signsUp = async (person: Person): Promise<void> => {
  const kit = await createTestKit(accounts());
  await person.opens(opensOwn('countersign-sign-up', kit));
  await person.arrives('Create your account');
  await person.types(address);
  await person.presses('Enter');
  await person.arrives('Enter the code');
  await person.types(kit.inbox.code(address));
  await person.arrives('Choose a password');
  await person.types(password);
  await person.presses('Enter');
  await person.arrives('Add your phone number');
  await person.types(phone);
  await person.presses('Enter');
  await person.arrives('Enter the code');
  await person.types(kit.inbox.code(phone));
  await person.arrives('Save your backup codes');
  await person.goesTo('I have saved');
  await person.presses('Space', 'Enter');
  await person.arrives('You are signed in');
};

export const signsIn = async (person: Person): Promise<void> => {
  const kit = await member();
  await person.opens(opensOwn('countersign-sign-in', kit));
  await person.arrives('Sign in');
  await person.types(address);
  await person.presses('Tab');
  await person.types('not my password');
  await person.presses('Enter');
  await person.hears('No account matches what you typed.');
  await person.types(password);
  await person.presses('Enter');
  await person.arrives('Enter the code');
  await person.types(kit.inbox.code(phone));
  await person.arrives('You are signed in');
};

export const choosesBackup = async (person: Person): Promise<void> => {
  const kit = await createTestKit(accounts());
  const visitor = await drive(kit).signUp({ ...own, until: 'save-backup-codes' });
  const { step } = visitor.flow;
  const [code = ''] = 'codes' in step && Array.isArray(step.codes) ? step.codes.map(String) : [];
  await visitor.act({ type: 'acknowledge' });
  kit.clock.advance(minute);
  await person.opens(opensOwn('countersign-sign-in', kit));
  await person.arrives('Sign in');
  await person.types(address);
  await person.presses('Tab');
  await person.types(password);
  await person.presses('Enter');
  await person.arrives('Enter the code');
  await person.goesTo('Try another way');
  await person.presses('Enter');
  await person.arrives('Choose how to confirm that it is you');
  await person.goesTo('Backup codes');
  await person.presses('Space');
  await person.arrives('Enter a backup code');
  await person.types('0000-0000-0000-0000');
  await person.presses('Enter');
  await person.hears('This is none of your codes, or it was used before.');
  await person.types(code);
  await person.presses('Enter');
  await person.arrives('You are signed in');
};

export const resetsPassword = async (person: Person): Promise<void> => {
  const kit = await member({ resetPassword: { identifiers: ['email'] } });
  await person.opens(opensOwn('countersign-reset-password', kit));
  await person.arrives('Reset your password');
  await person.types(address);
  await person.presses('Enter');
  await person.arrives('Enter the code');
  await person.types(kit.inbox.code(address));
  await person.arrives('Enter the code');
  await person.types(kit.inbox.code(phone));
  await person.arrives('Choose a new password');
  await person.types('12345678');
  await person.presses('Enter');
  await person.hears('Many people use this password, so it is easy to guess. Choose another one.');
  await person.types('another horse 9 battery');
  await person.presses('Enter');
  await person.arrives('Your password is changed');
};

export const recovers = async (person: Person): Promise<void> => {
  const kit = await createTestKit(accounts());
  const pass = await recoveryPass(kit, await drive(kit).signUp(own));
  kit.clock.advance(minute);
  await person.opens(opensOwn('countersign-recover', kit));
  await person.arrives('Recover your account');
  await person.types(address);
  await person.presses('Tab');
  await person.types(password);
  await person.presses('Enter');
  await person.arrives('Enter your recovery pass');
  await person.types(pass);
  await person.presses('Enter');
  await person.arrives('Add your phone number');
  await person.types('+31687654321');
  await person.presses('Enter');
  await person.arrives('Enter the code');
  await person.types(kit.inbox.code('+31687654321'));
  await person.arrives('You are signed in');
};
