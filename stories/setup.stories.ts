import { SendError } from '@countersign/core/connector';
import { drive, type TestKit, type TestKitOptions } from '@countersign/server/testing';
import type { Meta } from '@storybook/web-components-vite';
import { flowStory } from './support/flow-story.ts';
import type { Person } from './support/person.ts';

const meta: Meta = { title: 'Flows/Setup' };
export default meta;

const tag = 'countersign-setup';
const number = '+31612345678';

const entersNumber = async (person: Person): Promise<void> => {
  await person.sees('Add your phone number');
  await person.types('Phone number', number);
  await person.clicks('Send code');
};

const getsCode = async (person: Person): Promise<void> => {
  await entersNumber(person);
  await person.sees('Enter the code');
};

export const EnterTheNumber = flowStory({ tag }, async (person) => {
  await person.sees('Add your phone number');
});

export const NumberThatCannotReceive = flowStory({ tag }, async (person) => {
  await person.sees('Add your phone number');
  await person.types('Phone number', '+31101234567');
  await person.clicks('Send code');
  await person.reads(/No code reaches this number\./u);
});

export const EnterTheCode = flowStory({ tag }, getsCode);

export const RightCode = flowStory({ tag }, async (person) => {
  await getsCode(person);
  await person.types('Code', person.code());
  await person.sees('Done');
});

export const WrongCode = flowStory({ tag }, async (person) => {
  await getsCode(person);
  await person.types('Code', person.wrongCode());
  await person.reads(/That code is not right\. 4 tries left\./u);
});

export const SentAgain = flowStory({ tag }, async (person) => {
  await getsCode(person);
  person.waits(60);
  await person.clicks('Send again');
  await person.sees('Enter the code');
});

export const ExpiredCode = flowStory({ tag }, async (person) => {
  await getsCode(person);
  person.waits(300);
  await person.reads(/The code has expired\./u);
});

export const ChangedNumber = flowStory({ tag }, async (person) => {
  await getsCode(person);
  await person.clicks('Change the number');
  await person.sees('Add your phone number');
});

const refuses = {
  id: 'refuses',
  channel: 'sms' as const,
  send: () => Promise.reject(new SendError('failed', 'the provider is down')),
};

export const MessageNotSent = flowStory({ tag, kit: { connectors: [refuses], report: () => {} } }, async (person) => {
  await entersNumber(person);
  await person.sees('The message did not arrive');
});

const mail: TestKitOptions = { settings: { factors: ['email'] } };

const entersAddress = async (person: Person, address = 'ada@example.com'): Promise<void> => {
  await person.sees('Add your e-mail address');
  await person.types('E-mail address', address);
  await person.clicks('Send code');
};

export const EnterTheAddress = flowStory({ tag, kit: mail }, async (person) => {
  await person.sees('Add your e-mail address');
});

export const AddressThatCannotBeMailed = flowStory({ tag, kit: mail }, async (person) => {
  await entersAddress(person, 'ada@localhost');
  await person.reads(/Mail cannot reach this address\./u);
});

export const MailedCode = flowStory({ tag, kit: mail }, async (person) => {
  await entersAddress(person);
  await person.sees('Enter the code');
});

export const AddressAdded = flowStory({ tag, kit: mail }, async (person) => {
  await entersAddress(person);
  await person.sees('Enter the code');
  await person.types('Code', person.code());
  await person.sees('Done');
});

const app: TestKitOptions = { settings: { factors: ['totp'] } };
const appHeading = 'Set up your authenticator app';

export const AuthenticatorApp = flowStory({ tag, kit: app }, async (person) => {
  await person.sees(appHeading);
});

export const AuthenticatorAppAdded = flowStory({ tag, kit: app }, async (person) => {
  await person.sees(appHeading);
  await person.types('Code', person.appCode());
  await person.sees('Done');
});

export const AuthenticatorAppWrongCode = flowStory({ tag, kit: app }, async (person) => {
  await person.sees(appHeading);
  await person.types('Code', person.appCode(99));
  await person.reads(/That code is not right\. Enter the one that the app shows now\./u);
});

const holdsPhone = async (kit: TestKit): Promise<void> => {
  await drive(kit).bind({ phone: '+31687654321' });
};

export const ProveAHeldNumberFirst = flowStory({ tag, before: holdsPhone }, async (person) => {
  await person.sees('Enter the code');
});

export const CreateAPasskey = flowStory({ tag, kit: { settings: { factors: ['passkey'] } } }, async (person) =>
  person.sees('Create a passkey'),
);
