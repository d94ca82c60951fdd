import { drive, goOn, type TestKit, type TestKitOptions } from '@countersign/server/testing';
import type { Meta } from '@storybook/web-components-vite';
import { flowStory } from './support/flow-story.ts';
import type { Person } from './support/person.ts';
import type { SceneOptions } from './support/scene.ts';

const meta: Meta = { title: 'Flows/Code that never comes' };
export default meta;

const everyChannel: TestKitOptions = { channels: ['sms', 'voice', 'whatsapp', 'email'] };

const holdsPhone = async (kit: TestKit): Promise<void> => {
  await drive(kit).bind();
};

const scene: SceneOptions = { before: holdsPhone, kit: everyChannel };

/** Gets a code, and after the wait a second one, below which the ladder stands from then on. */
const asksAgain = async (person: Person): Promise<void> => {
  await person.sees('Enter the code');
  person.waits(60);
  await person.clicks('Send again');
  await person.reads(/No code at •••• \d\d yet\?/u);
};

/** Takes a rung once the wait is over. */
const takes = async (person: Person, rung: string): Promise<void> => {
  await asksAgain(person);
  person.waits(120);
  await person.clicks(rung);
};

export const AfterTheSecondMessage = flowStory(scene, asksAgain);

export const OnceTheWaitIsOver = flowStory(scene, async (person) => {
  await asksAgain(person);
  person.waits(120);
  await person.finds('Call me instead');
});

export const Called = flowStory(scene, async (person) => {
  await takes(person, 'Call me instead');
  await person.readsLead(/^We are calling •••• 78\.$/u);
});

export const CalledAndRight = flowStory(scene, async (person) => {
  await takes(person, 'Call me instead');
  await person.readsLead(/^We are calling/u);
  await person.types('Code', person.code());
  await person.sees('Done');
});

export const SentByWhatsApp = flowStory(scene, async (person) => {
  await takes(person, 'Send it by WhatsApp');
  await person.readsLead(/^Sent by WhatsApp to •••• 78 at /u);
});

export const TextMessageAgain = flowStory(scene, async (person) => {
  await takes(person, 'Send a text message again');
  await person.readsLead(/^Sent to •••• 78 at /u);
});

export const TextMessagesOnly = flowStory({ before: holdsPhone }, async (person) => {
  await asksAgain(person);
  person.waits(120);
  await person.finds('Send a text message again');
});

export const ExpiredAfterACall = flowStory(scene, async (person) => {
  await takes(person, 'Call me instead');
  await person.readsLead(/^We are calling/u);
  person.waits(300);
  await person.finds('Call me again');
  await person.readsLead(/^We called •••• 78 at /u);
});

export const WhileAddingAPhone = flowStory({ tag: 'countersign-setup', kit: everyChannel }, async (person) => {
  await person.sees('Add your phone number');
  await person.types('Phone number', '+31612345678');
  await person.clicks('Send code');
  await person.sees('Enter the code');
  person.waits(60);
  await person.clicks('Send again');
  await person.finds('Change the number');
});

export const NoPhoneAndNothingElse = flowStory(scene, async (person) => {
  await asksAgain(person);
  await person.opens("I can't use my phone");
  await person.reads(/Ask the people who run this app for a recovery pass\./u);
});

const holdsPhoneAndBackupCodes = async (kit: TestKit): Promise<void> => {
  const visitor = kit.visitor();
  await visitor.claim((await kit.begin({ kind: 'sign-in' })).token);
  await goOn(kit.inbox, visitor);
};

const withBackupCodes: SceneOptions = {
  before: holdsPhoneAndBackupCodes,
  kit: { ...everyChannel, settings: { factors: ['sms', 'backup-codes'], policy: { mode: 'mandatory' } } },
};

export const NoPhoneButBackupCodes = flowStory(withBackupCodes, async (person) => {
  await asksAgain(person);
  await person.clicks("I can't use my phone");
  await person.sees('Choose how to confirm that it is you');
});

const reported: SceneOptions = { ...scene, kit: { ...everyChannel, reports: true } };

export const DidNotArrive = flowStory(reported, async (person) => {
  await person.sees('Enter the code');
  await person.misses();
  await person.sees('The message did not arrive');
  await person.finds('Call me instead');
});

export const CallDidNotGetThrough = flowStory(reported, async (person) => {
  await takes(person, 'Call me instead');
  await person.readsLead(/^We are calling/u);
  await person.misses();
  await person.sees('The call did not get through');
});

export const DidNotArriveWithAnotherWay = flowStory(
  { ...withBackupCodes, kit: { ...withBackupCodes.kit, reports: true } },
  async (person) => {
    await person.sees('Enter the code');
    await person.misses();
    await person.sees('The message did not arrive');
    await person.finds('Try another way');
  },
);

export const MailAgain = flowStory(
  { tag: 'countersign-setup', kit: { settings: { factors: ['email'] } } },
  async (person) => {
    await person.sees('Add your e-mail address');
    await person.types('E-mail address', 'ada@example.com');
    await person.clicks('Send code');
    await person.sees('Enter the code');
    person.waits(60);
    await person.clicks('Send again');
    person.waits(120);
    await person.clicks('Send an e-mail again');
    await person.reads(/No code at ada@example\.com yet\?/u);
  },
);
