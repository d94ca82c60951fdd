import { drive, type TestKit } from '@countersign/server/testing';
import type { Meta } from '@storybook/web-components-vite';
import { accounts, address } from './support/account.ts';
import { flowStory } from './support/flow-story.ts';
import type { Person } from './support/person.ts';

const meta: Meta = { title: 'Flows/Reset password' };
export default meta;

const tag = 'countersign-reset-password';
const kit = accounts({
  resetPassword: { identifiers: ['email', 'phone'] },
  acknowledgeWarnings: ['mfa.forgot_password_weakens_sms'],
});

const before = async (backend: TestKit): Promise<void> => {
  await drive(backend).signUp();
  backend.clock.advance(61_000);
};

const entersAddress = async (person: Person, typed = address): Promise<void> => {
  await person.sees('Reset your password');
  await person.types('E-mail address', typed);
  await person.clicks('Continue');
  await person.sees('Enter the code');
};

const provesBoth = async (person: Person): Promise<void> => {
  await entersAddress(person);
  await person.types('Code', person.code());
  await person.readsLead(/Sent to •••• 21/u);
  await person.types('Code', person.code());
  await person.sees('Choose a new password');
};

export const WhoIsIt = flowStory({ tag, kit, before }, (person) => person.sees('Reset your password'));

export const EnterTheCode = flowStory({ tag, kit, before }, (person) => entersAddress(person));

export const NobodyHasThisAddress = flowStory({ tag, kit, before }, (person) =>
  entersAddress(person, 'nobody@example.com'),
);

export const WrongCode = flowStory({ tag, kit, before }, async (person) => {
  await entersAddress(person);
  await person.types('Code', person.wrongCode());
  await person.reads(/That code is not right\. 4 tries left\./u);
});

export const ExpiredCode = flowStory({ tag, kit, before }, async (person) => {
  await entersAddress(person);
  person.waits(300);
  await person.reads(/The code has expired\./u);
});

export const ByPhone = flowStory({ tag, kit, before }, async (person) => {
  await person.sees('Reset your password');
  await person.clicks('Use your phone number instead');
  await person.reads(/Use your e-mail address instead/u);
});

export const SecondFactor = flowStory({ tag, kit, before }, async (person) => {
  await entersAddress(person);
  await person.types('Code', person.code());
  await person.readsLead(/Sent to •••• 21/u);
});

export const ChooseANewPassword = flowStory({ tag, kit, before }, provesBoth);

export const ShortPassword = flowStory({ tag, kit, before }, async (person) => {
  await provesBoth(person);
  await person.types('Password', 'short');
  await person.clicks('Continue');
  await person.sees('Choose a new password');
});

export const EasilyGuessed = flowStory({ tag, kit, before }, async (person) => {
  await provesBoth(person);
  await person.types('Password', 'password1234');
  await person.clicks('Continue');
  await person.reads(/easy to guess/u);
});

export const Changed = flowStory({ tag, kit, before }, async (person) => {
  await provesBoth(person);
  await person.types('Password', 'another horse 9 battery');
  await person.clicks('Continue');
  await person.sees('Your password is changed');
});
