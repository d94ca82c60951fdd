import { simulator } from '@countersign/connectors/simulator';
import { SendError } from '@countersign/core/connector';
import { createInbox, drive, goOn, type TestKit } from '@countersign/server/testing';
import type { Meta } from '@storybook/web-components-vite';
import { flowStory } from './support/flow-story.ts';
import { createNetwork } from './support/network.ts';

const meta: Meta = { title: 'Flows/States between' };
export default meta;

const network = createNetwork();
const { through } = network;

const before = async (kit: TestKit): Promise<void> => {
  await drive(kit).bind();
};

export const SlowBeginning = flowStory({ before, through: () => () => new Promise<never>(() => {}) }, (person) =>
  person.sees('One moment…'),
);

export const Sending = flowStory({ before, through }, async (person) => {
  await person.sees('Enter the code');
  network.state = 'silent';
  await person.types('Code', person.code());
  await person.isBusy();
});

export const SlowAnswer = flowStory({ before, through }, async (person) => {
  await person.sees('Enter the code');
  network.state = 'silent';
  await person.types('Code', person.code());
  await person.reads(/This takes longer than usual\. Nothing is lost\./u, 8000);
});

export const OfflineAndBack = flowStory({ before, through }, async (person) => {
  await person.sees('Enter the code');
  network.state = 'down';
  await person.types('Code', person.code());
  await person.sees('No connection');
  network.state = 'up';
  await person.clicks('Try again');
  await person.sees('Done');
});

const strange = (): Response => {
  const problem = { type: 'about:blank', title: 'New', status: 400, code: 'who.knows' };
  return Response.json(problem, { status: 400, headers: { 'content-type': 'application/problem+json' } });
};

export const UnknownError = flowStory(
  {
    before,
    through: (fetcher) => async (input, init) => {
      const request = new Request(input, init);
      return request.url.endsWith('/actions') ? strange() : fetcher(request);
    },
  },
  async (person) => {
    await person.sees('Enter the code');
    await person.types('Code', person.code());
    await person.reads(/Something went wrong\. Try again\./u);
  },
);

const inbox = createInbox();

/** Takes what adds a number, and is down when it is asked to let somebody in. */
const failing = simulator({
  channel: 'sms',
  inbox(message) {
    if (message.usage === 'MfaVerification') throw new SendError('failed', 'the provider is down');
    inbox.receive(message);
  },
});

export const ConnectorDownWithAnotherWay = flowStory(
  {
    kit: {
      connectors: [failing],
      report: () => {},
      settings: { factors: ['sms', 'backup-codes'], policy: { mode: 'mandatory' } },
    },
    before: async (kit) => {
      const visitor = kit.visitor();
      await visitor.claim((await kit.begin({ kind: 'sign-in' })).token);
      await goOn(inbox, visitor);
    },
  },
  async (person) => {
    await person.sees('The message did not arrive');
    await person.finds('Try another way');
  },
);
