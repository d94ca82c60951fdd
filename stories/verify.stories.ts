import { WebAuthnAbortService } from '@simplewebauthn/browser';
import { drive, goOn, type TestKit, type TestKitOptions } from '@countersign/server/testing';
import type { Meta } from '@storybook/web-components-vite';
import { addAddress } from './support/address.ts';
import { addApp } from './support/app.ts';
import { flowStory } from './support/flow-story.ts';
import { createNetwork } from './support/network.ts';
import { addPasskey } from './support/passkey.ts';
import type { Person } from './support/person.ts';

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

/** Somebody has guessed for weeks. */
const guessedToItsEnd = async (kit: TestKit): Promise<void> => {
  await drive(kit).bind();
  for (let days = 0; days < 100; days += 1) {
    kit.clock.advance(24 * 3600_000);
    const visitor = kit.visitor();
    await visitor.claim((await kit.begin()).token);
    if (visitor.flow.step.name === 'blocked') return;
    const wrong = String((Number(kit.inbox.code()) + 1) % 1_000_000).padStart(6, '0');
    for (let times = 0; times < 5; times += 1) await visitor.act({ type: 'submit-code', code: wrong });
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
  // The step begins anew with each message, and forgets what was typed before.
  await person.reads(/No code at/u);
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

export const LockedForGood = flowStory({ before: guessedToItsEnd }, async (person) => {
  await person.sees('Locked for your safety');
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

const withPasskeys: TestKitOptions = { settings: { factors: ['passkey', 'sms'] } };

const holdsPasskey = async (kit: TestKit): Promise<void> => {
  // What a passkey that failed left behind in this browser.
  localStorage.removeItem('countersign.passkey-failed');
  await addPasskey(kit);
};

const holdsPasskeyAndPhone = async (kit: TestKit): Promise<void> => {
  const visitor = kit.visitor();
  await visitor.claim((await kit.begin({ kind: 'setup', factor: 'sms' })).token);
  await goOn(kit.inbox, visitor);
  kit.clock.advance(61_000);
  await holdsPasskey(kit);
  kit.clock.advance(61_000);
};

/** Lets the browser ask, and closes what it shows. */
const givesUp = async (person: Person): Promise<void> => {
  await person.sees('Use your passkey');
  await person.clicks('Use passkey');
  WebAuthnAbortService.cancelCeremony();
};

export const Passkey = flowStory({ before: holdsPasskeyAndPhone, kit: withPasskeys }, (person) =>
  person.sees('Use your passkey'),
);

export const PasskeyThatFails = flowStory({ before: holdsPasskeyAndPhone, kit: withPasskeys }, async (person) => {
  await givesUp(person);
  await person.sees('Choose how to confirm that it is you');
});

export const OnlyPasskeyFails = flowStory({ before: holdsPasskey, kit: withPasskeys }, async (person) => {
  await givesUp(person);
  await person.reads(/No passkey was used\. Try again when you are ready\./u);
});

const withMail: TestKitOptions = { settings: { factors: ['email'] } };

export const MailedCode = flowStory({ before: addAddress, kit: withMail }, async (person) => {
  await person.sees('Enter the code');
});

export const MailedCodeWrong = flowStory({ before: addAddress, kit: withMail }, async (person) => {
  await person.sees('Enter the code');
  await person.types('Code', person.wrongCode());
  await person.reads(/That code is not right\. 4 tries left\./u);
});

export const MailedCodeExpired = flowStory({ before: addAddress, kit: withMail }, async (person) => {
  await person.sees('Enter the code');
  person.waits(300);
  await person.reads(/The code has expired\./u);
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

const network = createNetwork();

export const NoConnection = flowStory({ before: holdsPhone, through: network.through }, async (person) => {
  await person.sees('Enter the code');
  network.state = 'down';
  await person.types('Code', person.code());
  await person.sees('No connection');
});

export const UnknownStep = flowStory(
  {
    before: holdsPhone,
    through: () => async () => Response.json({ flow: { step: { name: 'read-palm' } }, token: 'token' }),
  },
  async (person) => {
    await person.sees('This page is out of date');
  },
);

let isSlow = false;

export const Sending = flowStory(
  {
    before: holdsPhone,
    through: (fetcher) => {
      isSlow = false;
      return (...request) => (isSlow ? new Promise<never>(() => {}) : fetcher(...request));
    },
  },
  async (person) => {
    await person.sees('Enter the code');
    isSlow = true;
    await person.types('Code', person.code());
  },
);
