import { drive, goOn, type TestKit } from '@countersign/server/testing';
import type { Meta } from '@storybook/web-components-vite';
import { recoveryPass } from '../test/support/recovery-pass.ts';
import { accounts, address } from './support/account.ts';
import { flowStory } from './support/flow-story.ts';
import type { Person } from './support/person.ts';

const meta: Meta = { title: 'Flows/Recover' };
export default meta;

const tag = 'countersign-recover';
const kit = accounts();

let pass = '';
const before = async (backend: TestKit): Promise<void> => {
  pass = await recoveryPass(backend, await drive(backend).signUp());
  backend.clock.advance(61_000);
};

/** Ada signs up and takes the phone where there is a choice. */
const beforeWithChoice = async (backend: TestKit): Promise<void> => {
  const visitor = await drive(backend).signUp({ until: 'choose-factor' });
  await visitor.act({ type: 'choose', factor: 'sms' });
  await goOn(backend.inbox, visitor);
  pass = await recoveryPass(backend, visitor);
  backend.clock.advance(61_000);
};

const givesPassword = async (person: Person, password = 'correct horse 9 battery'): Promise<void> => {
  await person.sees('Recover your account');
  await person.types('E-mail address', address);
  await person.types('Password', password);
  await person.clicks('Continue');
};

const givesPass = async (person: Person, typed: string): Promise<void> => {
  await givesPassword(person);
  await person.sees('Enter your recovery pass');
  await person.types('Recovery pass', typed);
  await person.clicks('Continue');
};

const addsPhone = async (person: Person): Promise<void> => {
  await givesPass(person, pass);
  await person.sees('Add your phone number');
  await person.types('Phone number', '+31612345678');
  await person.clicks('Send code');
  await person.sees('Enter the code');
};

export const WhoIsIt = flowStory({ tag, kit, before }, (person) => person.sees('Recover your account'));

export const WrongPassword = flowStory({ tag, kit, before }, async (person) => {
  await givesPassword(person, 'not my password');
  await person.reads(/No account matches what you typed\./u);
});

export const ByPasswordOrCode = flowStory(
  { tag, kit: accounts({ signIn: { methods: ['password', 'code'] } }), before },
  async (person) => {
    await person.sees('Recover your account');
    await person.types('E-mail address', address);
    await person.clicks('Continue');
    await person.sees('Enter your password');
  },
);

export const EnterThePass = flowStory({ tag, kit, before }, async (person) => {
  await givesPassword(person);
  await person.sees('Enter your recovery pass');
});

export const WrongPass = flowStory({ tag, kit, before }, async (person) => {
  await givesPass(person, '0000-0000-0000-0000');
  await person.reads(/This pass is not right, or it was used, or its time is over\./u);
});

export const TooManyPasses = flowStory({ tag, kit, before }, async (person) => {
  await givesPassword(person);
  await person.sees('Enter your recovery pass');
  for (let guess = 10; guess < 21; guess += 1) {
    await person.element.client?.act({ type: 'submit-pass', pass: `0000-0000-0000-00${guess}` });
  }
  await person.reads(/Too many tries\. Try again in/u);
});

export const ChooseANewWay = flowStory(
  { tag, kit: accounts({ factors: ['sms', 'totp', 'backup-codes'] }), before: beforeWithChoice },
  async (person) => {
    await givesPass(person, pass);
    await person.sees('Choose a second step');
  },
);

export const AddAPhoneNumber = flowStory({ tag, kit, before }, async (person) => {
  await givesPass(person, pass);
  await person.sees('Add your phone number');
});

export const EnterTheCode = flowStory({ tag, kit, before }, addsPhone);

export const SignedIn = flowStory({ tag, kit, before }, async (person) => {
  await addsPhone(person);
  await person.types('Code', person.code());
  await person.sees('You are signed in');
});
