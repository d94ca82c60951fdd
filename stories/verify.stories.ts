import { drive, type TestKit, type TestKitOptions } from '@countersign/server/testing';
import type { Meta } from '@storybook/web-components-vite';
import { addAddress } from './support/address.ts';
import { addApp } from './support/app.ts';
import { flowStory } from './support/flow-story.ts';

const meta: Meta = { title: 'Flows/Verify' };
export default meta;

const holdsPhone = async (kit: TestKit): Promise<void> => {
  await drive(kit).bind();
};

const holdsTwoPhones = async (kit: TestKit): Promise<void> => {
  await drive(kit).bind();
  const visitor = kit.visitor();
  await visitor.claim((await kit.begin({ kind: 'setup' })).token);
  await visitor.act({ type: 'submit-code', code: kit.inbox.code() });
  await visitor.act({ type: 'submit-phone', phone: '+31687654321' });
  await visitor.act({ type: 'submit-code', code: kit.inbox.code() });
};

/** Five messages in ten minutes, none of them for the flow that begins now. */
const usedUpMessages = async (kit: TestKit): Promise<void> => {
  await drive(kit).bind();
  for (let times = 0; times < 4; times += 1) {
    const visitor = kit.visitor();
    await visitor.claim((await kit.begin()).token);
    await visitor.act({ type: 'submit-code', code: kit.inbox.code() });
  }
};

export const EnterTheCode = flowStory({ before: holdsPhone }, async (person) => {
  await person.sees('Enter the code');
});

export const RightCode = flowStory({ before: holdsPhone }, async (person) => {
  await person.sees('Enter the code');
  await person.types('Code', person.code());
  await person.sees('Done');
});

export const WrongCode = flowStory({ before: holdsPhone }, async (person) => {
  await person.sees('Enter the code');
  await person.types('Code', person.wrongCode());
  await person.reads(/That code is not right\. 4 tries left\./u);
});

export const NoTriesLeft = flowStory(
  { before: holdsPhone, kit: { settings: { codes: { maxTries: 1 } } } },
  async (person) => {
    await person.sees('Enter the code');
    await person.types('Code', person.wrongCode());
    await person.reads(/There are no tries left for this code\./u);
  },
);

export const SentAgain = flowStory({ before: holdsPhone }, async (person) => {
  await person.sees('Enter the code');
  person.waits(60);
  await person.clicks('Send again');
  await person.sees('Enter the code');
});

export const CodeOfAnEarlierMessage = flowStory({ before: holdsPhone }, async (person) => {
  await person.sees('Enter the code');
  const older = person.code();
  person.waits(60);
  await person.clicks('Send again');
  await person.types('Code', older);
  await person.reads(/from an earlier message/u);
});

export const ExpiredCode = flowStory({ before: holdsPhone }, async (person) => {
  await person.sees('Enter the code');
  person.waits(300);
  await person.reads(/The code has expired\./u);
});

export const SeveralNumbers = flowStory({ before: holdsTwoPhones }, async (person) => {
  await person.sees('Enter the code');
  await person.clicks('Try another way');
  await person.sees('Choose how to confirm that it is you');
});

export const TooManyCodes = flowStory({ before: usedUpMessages }, async (person) => {
  await person.sees('Too many codes');
});

const withApp: TestKitOptions = { settings: { factors: ['totp'] } };

const holdsApp = async (kit: TestKit): Promise<void> => {
  await addApp(kit);
  kit.clock.advance(30_000);
};

export const AuthenticatorApp = flowStory({ before: holdsApp, kit: withApp }, async (person) => {
  await person.sees('Enter the code from your app');
});

const withMail: TestKitOptions = { settings: { factors: ['email'] } };

export const MailedCode = flowStory({ before: addAddress, kit: withMail }, async (person) => {
  await person.sees('Enter the code');
});

export const NoAddressYet = flowStory({ kit: withMail }, async (person) => {
  await person.sees('Add your e-mail address');
});

export const NothingHeldYet = flowStory({}, async (person) => {
  await person.sees('Add your phone number');
});

export const TookTooLong = flowStory({ before: holdsPhone }, async (person) => {
  await person.sees('Enter the code');
  person.waits(600);
  await person.clicks('Send a new code');
  await person.sees('This took too long');
});

let isConnected = true;

export const NoConnection = flowStory(
  {
    before: holdsPhone,
    through: (fetcher) => {
      isConnected = true;
      return (...request) => (isConnected ? fetcher(...request) : Promise.reject(new TypeError('offline')));
    },
  },
  async (person) => {
    await person.sees('Enter the code');
    isConnected = false;
    await person.types('Code', person.code());
    await person.sees('No connection');
  },
);

export const UnknownStep = flowStory(
  {
    before: holdsPhone,
    through: () => async () => Response.json({ flow: { step: { name: 'read-palm' } }, token: 'token' }),
  },
  async (person) => {
    await person.sees('This page is out of date');
  },
);
