import type { TestKit } from '@countersign/server/testing';
import type { Meta } from '@storybook/web-components-vite';
import { accounts, address, password, phone, signUp } from './support/account.ts';
import { flowStory } from './support/flow-story.ts';
import type { Person } from './support/person.ts';

const meta: Meta = { title: 'Flows/Sign up' };
export default meta;

const tag = 'countersign-sign-up';
const kit = accounts();
const isAsked = accounts({ policy: { mode: 'optional', prompt: 'sign-in-and-sign-up' } });

const namesAddress = async (person: Person): Promise<void> => {
  await person.sees('Create your account');
  await person.types('E-mail address', address);
  await person.clicks('Continue');
  await person.sees('Enter the code');
};

const provesAddress = async (person: Person): Promise<void> => {
  await namesAddress(person);
  await person.types('Code', person.code());
};

const entersPassword = async (person: Person, chosen: string): Promise<void> => {
  await person.sees('Choose a password');
  await person.types('Password', chosen);
  await person.clicks('Continue');
};

const choosesPassword = async (person: Person): Promise<void> => {
  await provesAddress(person);
  await entersPassword(person, password);
};

const addsPhone = async (person: Person): Promise<void> => {
  await choosesPassword(person);
  await person.sees('Add your phone number');
  await person.types('Phone number', phone);
  await person.clicks('Send code');
  await person.sees('Enter the code');
  await person.types('Code', person.code());
  await person.sees('Save your backup codes');
};

export const AskForAnAddress = flowStory({ tag, kit }, (person) => person.sees('Create your account'));

export const AskForAPhoneNumber = flowStory(
  { tag, kit: accounts({ signUp: { identifiers: ['phone'] } }) },
  async (person) => {
    await person.sees('Create your account');
    await person.reads(/Phone number/u);
  },
);

export const AskForEither = flowStory(
  { tag, kit: accounts({ signUp: { identifiers: ['email', 'phone'] } }) },
  async (person) => {
    await person.sees('Create your account');
    await person.clicks('Use your phone number instead');
    await person.clicks('Use your e-mail address instead');
    await person.reads(/Use your phone number instead/u);
  },
);

export const AddressThatIsNone = flowStory({ tag, kit }, async (person) => {
  await person.sees('Create your account');
  await person.types('E-mail address', 'ada');
  await person.clicks('Continue');
  await person.reads(/An e-mail address looks like/u);
});

export const EnterTheCode = flowStory({ tag, kit }, namesAddress);

export const WrongCode = flowStory({ tag, kit }, async (person) => {
  await namesAddress(person);
  await person.types('Code', person.wrongCode());
  await person.reads(/That code is not right\. 4 tries left\./u);
});

export const ChangedAddress = flowStory({ tag, kit }, async (person) => {
  await namesAddress(person);
  await person.clicks('Change the address');
  await person.sees('Create your account');
});

const signedUpBefore = async (backend: TestKit): Promise<void> => {
  await signUp(backend);
  backend.clock.advance(60_000);
};

export const AccountThatIsThereAlready = flowStory({ tag, kit, before: signedUpBefore }, async (person) => {
  await provesAddress(person);
  await person.sees('You have an account already');
});

export const ChooseAPassword = flowStory({ tag, kit }, async (person) => {
  await provesAddress(person);
  await person.sees('Choose a password');
});

export const ShownPassword = flowStory({ tag, kit }, async (person) => {
  await provesAddress(person);
  await person.sees('Choose a password');
  await person.types('Password', password);
  person.element.querySelector('countersign-text-field')?.shadowRoot?.querySelector('button')?.click();
});

export const ShortPassword = flowStory({ tag, kit }, async (person) => {
  await provesAddress(person);
  await entersPassword(person, 'short');
  await person.reads(/Use at least 8 characters\./u);
});

export const CommonPassword = flowStory({ tag, kit }, async (person) => {
  await provesAddress(person);
  await entersPassword(person, 'password1');
  await person.reads(/Many people use this password/u);
});

export const PersonalPassword = flowStory({ tag, kit }, async (person) => {
  await provesAddress(person);
  await entersPassword(person, `my ${address}`);
  await person.reads(/Your address, or the name of this service/u);
});

export const TurnOnTheSecondStep = flowStory({ tag, kit: isAsked }, async (person) => {
  await choosesPassword(person);
  await person.sees('Turn on 2-step verification');
});

export const NotNow = flowStory({ tag, kit: isAsked }, async (person) => {
  await choosesPassword(person);
  await person.sees('Turn on 2-step verification');
  await person.clicks('Not now');
  await person.sees('You are signed in');
});

export const AddAPhoneNumber = flowStory({ tag, kit }, async (person) => {
  await choosesPassword(person);
  await person.sees('Add your phone number');
});

export const AddAPhoneNumberOrNot = flowStory({ tag, kit: isAsked }, async (person) => {
  await choosesPassword(person);
  await person.sees('Turn on 2-step verification');
  await person.clicks('Turn it on');
  await person.sees('Add your phone number');
  await person.reads(/Not now/u);
});

export const SaveBackupCodes = flowStory({ tag, kit }, addsPhone);

export const BackupCodesNotSaved = flowStory({ tag, kit }, async (person) => {
  await addsPhone(person);
  await person.clicks('Continue');
  await person.reads(/Save the codes first/u);
});

export const SignedIn = flowStory({ tag, kit }, async (person) => {
  await addsPhone(person);
  await person.ticks('I have saved my backup codes');
  await person.clicks('Continue');
  await person.sees('You are signed in');
});
