import { proofOfWork } from '@countersign/server';
import { createTestKit } from '@countersign/server/testing';
import { expect } from 'chai';
import { accounts, address } from '../../stories/support/account.ts';
import { press, type } from './support/page.ts';
import { arrivesAt, until } from './support/scene.ts';

describe('a bot check', () => {
  const platform = window.fetch;
  afterEach(() => void (window.fetch = platform));

  it('is passed by the element on its own, with nothing to see or click', async () => {
    const velocity = { perBlock: { ask: 0 } };
    const kit = await createTestKit({
      ...accounts({ sends: { velocity } }),
      botCheck: proofOfWork({ rounds: 20 }),
    });
    const statuses: number[] = [];
    const backend = kit.browser();
    window.fetch = async (input, init) => {
      const response = await backend(input, init);
      statuses.push(response.status);
      return response;
    };
    const element = document.createElement('countersign-sign-up');
    element.base = kit.base;
    element.autofocus = true;
    document.body.replaceChildren(element);
    await until(() => expect(document.activeElement?.localName).to.equal('input'));
    await type(address);
    await press('Enter');
    await arrivesAt(element, 'Enter the code');
    expect(statuses).to.deep.equal([201, 428, 200]);
    expect(kit.inbox.messages.length).to.equal(1);
  });
});
