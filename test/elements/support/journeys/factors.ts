import '@countersign/elements/phone-field/country-picker';
import '@countersign/elements/phone-field/numbering';
import { codeAt, stepAt } from '@countersign/factors/totp/server-code';
import { createTestKit, goOn, type TestKit } from '@countersign/server/testing';
import { WebAuthnAbortService } from '@simplewebauthn/browser';
import { phone } from '../../../../stories/support/account.ts';
import { addPasskey } from '../../../../stories/support/passkey.ts';
import { openAccount } from '../account-scene.ts';
import type { Person } from '../person.ts';
import { minute, opensHosted } from './places.ts';

/* Adding factors, the passkey, and the account that keeps them. */

export const addsPhone = async (person: Person): Promise<void> => {
  const kit = await createTestKit();
  await person.opens(opensHosted(kit, 'setup'));
  await person.arrives('Add your phone number');
  await person.presses('Shift+Tab', 'Enter');
  await person.finds('Search countries');
  await person.types('neth');
  await person.presses('ArrowDown', 'ArrowUp', 'Enter');
  await person.finds('Phone number');
  await person.types(phone.slice(3, -1));
  await person.presses('Enter');
  await person.hears('Enter the whole number, with its country.');
  await person.types(phone.slice(-1));
  await person.presses('Enter');
  await person.arrives('Enter the code');
  await person.types(kit.inbox.code());
  await person.arrives('Done');
};

export const addsApp = async (person: Person): Promise<void> => {
  const kit = await createTestKit({ settings: { factors: ['totp'] } });
  const { element } = await person.opens(opensHosted(kit, 'setup'));
  await person.arrives('Set up your authenticator app');
  const key = element.querySelector('.countersign-key')?.textContent?.replaceAll(' ', '') ?? '';
  await person.goesTo('Code');
  await person.types(codeAt(key, stepAt(kit.clock.now())));
  await person.arrives('Done');
};

/** Ada, who holds a phone and a passkey that is not at hand. */
const withPasskey = async (): Promise<TestKit> => {
  localStorage.removeItem('countersign.passkey-failed');
  const kit = await createTestKit({ settings: { factors: ['passkey', 'sms'] } });
  const visitor = kit.visitor();
  await visitor.claim((await kit.begin({ kind: 'setup', factor: 'sms' })).token);
  await goOn(kit.inbox, visitor);
  kit.clock.advance(minute);
  await addPasskey(kit);
  kit.clock.advance(minute);
  return kit;
};

export const givesUpPasskey = async (person: Person): Promise<void> => {
  const kit = await withPasskey();
  await person.opens(opensHosted(kit));
  await person.arrives('Use your passkey');
  await person.presses('Tab', 'Enter');
  WebAuthnAbortService.cancelCeremony();
  await person.arrives('Choose how to confirm that it is you');
  await person.goesTo('Text message');
  await person.presses('Enter');
  await person.arrives('Enter the code');
  await person.types(kit.inbox.code());
  await person.arrives('Done');
};

export const keepsAccount = async (person: Person): Promise<void> => {
  const { kit } = await person.opens(openAccount);
  const confirms = async (): Promise<void> => {
    await person.arrives('Enter the code');
    await person.types(kit.inbox.code());
  };
  await person.goesTo('Rename Text message');
  await person.presses('Enter');
  await person.faces('Name');
  await person.types('Work phone');
  await person.presses('Enter');
  await confirms();
  await person.faces('Ways to verify');
  kit.clock.advance(minute);
  await person.goesTo('Remove Backup codes');
  await person.presses('Enter');
  await person.faces('Remove Backup codes');
  await person.presses('Tab', 'Enter');
  await confirms();
  await person.faces('Ways to verify');
};

export const hasNoPasskey = async (person: Person): Promise<void> => {
  localStorage.removeItem('countersign.passkey-failed');
  const kit = await createTestKit({ settings: { factors: ['passkey', 'sms'] } });
  await addPasskey(kit);
  await person.opens(opensHosted(kit));
  await person.arrives('Use your passkey');
  await person.goesTo('Use passkey');
  await person.presses('Enter');
  WebAuthnAbortService.cancelCeremony();
  await person.hears('No passkey was used. Try again when you are ready.');
};
