import type { TestKit } from '@countersign/server/testing';
import type { Meta } from '@storybook/web-components-vite';
import { accounts, address, guessPasswords, password, signUp } from './support/account.ts';
import { flowStory } from './support/flow-story.ts';
import type { Person } from './support/person.ts';

const meta: Meta = { title: 'Flows/Sign in' };
export default meta;

const tag = 'countersign-sign-in';
const kit = accounts();

let codes: readonly string[] = [];
const before = async (backend: TestKit): Promise<void> => {
  codes = await signUp(backend);
};

const signsIn = async (person: Person, typed = password): Promise<void> => {
  await person.sees('Sign in');
  await person.types('E-mail address', address);
  await person.types('Password', typed);
  await person.clicks('Sign in');
};

const opensList = async (person: Person): Promise<void> => {
  await signsIn(person);
  await person.sees('Enter the code');
  await person.clicks('Try another way');
  await person.sees('Choose how to confirm that it is you');
};

const takesBackupCode = async (person: Person, code: string): Promise<void> => {
  await opensList(person);
  await person.chooses('Backup codes');
  await person.sees('Enter a backup code');
  await person.types('Backup code', code);
  await person.clicks('Confirm');
};

export const WhoIsIt = flowStory({ tag, kit, before }, (person) => person.sees('Sign in'));

export const WithAPhoneNumber = flowStory(
  { tag, kit: accounts({ signUp: { identifiers: ['phone', 'email'] } }) },
  async (person) => {
    await person.sees('Sign in');
    await person.reads(/Use your e-mail address instead/u);
  },
);

export const WrongPassword = flowStory({ tag, kit, before }, async (person) => {
  await signsIn(person, 'not my password');
  await person.reads(/No account matches what you typed\./u);
});

export const TooManyTries = flowStory(
  {
    tag,
    kit,
    before: async (backend) => {
      await before(backend);
      await guessPasswords(backend);
    },
  },
  async (person) => {
    await signsIn(person);
    await person.reads(/Too many tries\. Try again in/u);
  },
);

export const EnterThePassword = flowStory({ tag, kit, before }, async (person) => {
  await person.sees('Sign in');
  // A page of its own may have asked for the address alone.
  await person.element.client?.act({ type: 'identify', identifier: { type: 'email', value: address } });
  await person.sees('Enter your password');
});

const byCode = accounts({ signIn: { identifiers: ['email'], methods: ['code'] } });
const either = accounts({ signIn: { identifiers: ['email'], methods: ['password', 'code'] } });

const namesThemselves = async (person: Person): Promise<void> => {
  await person.sees('Sign in');
  await person.types('E-mail address', address);
  await person.clicks('Continue');
};

export const WithACode = flowStory({ tag, kit: byCode }, async (person) => {
  await namesThemselves(person);
  await person.sees('Enter the code');
  await person.readsLead(/If there is an account for \S+, we have sent it a code/u);
});

const later = async (backend: TestKit): Promise<void> => {
  await before(backend);
  backend.clock.advance(61_000);
};

export const EitherWay = flowStory({ tag, kit: either, before: later }, async (person) => {
  await namesThemselves(person);
  await person.sees('Enter your password');
  await person.clicks('Try another way');
  await person.sees('Enter the code');
});

export const EnterTheCode = flowStory({ tag, kit, before }, async (person) => {
  await signsIn(person);
  await person.sees('Enter the code');
});

export const TrustThisBrowser = flowStory(
  { tag, kit: accounts({ trustedDevices: { days: 30 } }), before },
  async (person) => {
    await signsIn(person);
    await person.sees('Enter the code');
    await person.ticks('Trust this browser for 30 days');
  },
);

export const ChooseAnotherWay = flowStory({ tag, kit, before }, opensList);

export const EnterABackupCode = flowStory({ tag, kit, before }, async (person) => {
  await opensList(person);
  await person.chooses('Backup codes');
  await person.sees('Enter a backup code');
});

export const WrongBackupCode = flowStory({ tag, kit, before }, async (person) => {
  await takesBackupCode(person, '0000-0000-0000-0000');
  await person.reads(/This is none of your codes/u);
});

export const SignedInWithABackupCode = flowStory({ tag, kit, before }, async (person) => {
  await takesBackupCode(person, codes[0] ?? '');
  await person.sees('You are signed in');
});

export const SignedIn = flowStory({ tag, kit, before }, async (person) => {
  await signsIn(person);
  await person.sees('Enter the code');
  await person.types('Code', person.code());
  await person.sees('You are signed in');
});

const suggestion = {
  id: 'step',
  name: 'choose-factor',
  mode: 'setup',
  available: ['sms'],
  held: [],
  suggestion: true,
  skippable: true,
  notice: null,
  actions: ['choose', 'skip'],
};

export const AddAnotherWay = flowStory(
  {
    tag,
    // Until there is a second primary factor, no backend has anything to suggest.
    through: () => async () =>
      Response.json({ flow: { step: suggestion, serverTime: '2026-11-24T10:42:00Z' }, token: 'token' }),
  },
  (person) => person.sees('Add another 2-step verification'),
);
