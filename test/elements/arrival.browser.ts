import { createTestKit, type TestKit } from '@countersign/server/testing';
import { emulateMedia } from '@web/test-runner-commands';
import { expect } from 'chai';
import type { CountersignFlowElement } from '@countersign/elements';
import { accounts, address, password } from '../../stories/support/account.ts';
import { press, type } from './support/page.ts';
import { arrivesAt, openOwnScene, until } from './support/scene.ts';

/** Counts what is drawn over the card from now on, and tells how much of it is there now. */
const watchCard = (element: CountersignFlowElement) => {
  const card = element.shadowRoot?.querySelector('.card') as HTMLElement;
  const own = card.childElementCount;
  let drawn = 0;
  new MutationObserver((changes) => {
    drawn += changes.flatMap(({ addedNodes }) => [...addedNodes]).filter((node) => node.parentNode === card).length;
  }).observe(card, { childList: true });
  return { drawn: () => drawn, left: () => card.childElementCount - own };
};

const openAtCode = async (kit: TestKit): Promise<CountersignFlowElement> => {
  const element = await openOwnScene('countersign-sign-up', kit);
  await arrivesAt(element, 'Create your account');
  await type(address);
  await press('Enter');
  await arrivesAt(element, 'Enter the code');
  return element;
};

describe('the arrival of a step', () => {
  it('draws a check after a right code, takes keys meanwhile, and clears it away', async () => {
    const kit = await createTestKit(accounts());
    const element = await openAtCode(kit);
    const card = watchCard(element);
    await type(kit.inbox.code(address));
    await arrivesAt(element, 'Choose a password');
    await until(() => expect(document.activeElement?.getAttribute('autocomplete')).to.equal('new-password'));
    await type(password);
    await until(() => expect([card.drawn(), card.left()]).to.deep.equal([1, 0]));

    await press('Enter');
    await arrivesAt(element, 'Add your phone number');
    expect(card.drawn(), 'a password is no code').to.equal(1);
  });

  it('draws none after a wrong code, nor after a code that was not used', async () => {
    const kit = await createTestKit(accounts());
    const element = await openAtCode(kit);
    const card = watchCard(element);
    await type(kit.inbox.code(address) === '000000' ? '111111' : '000000');
    await until(() => expect(element.textContent).to.contain('4 tries left.'));
    [...element.querySelectorAll('button')].find(({ textContent }) => /Change/u.test(textContent ?? ''))?.click();
    await arrivesAt(element, 'Create your account');
    expect(card.drawn()).to.equal(0);
  });

  it('draws nothing where motion is reduced', async () => {
    await emulateMedia({ reducedMotion: 'reduce' });
    const kit = await createTestKit(accounts());
    const element = await openAtCode(kit);
    const card = watchCard(element);
    await type(kit.inbox.code(address));
    await arrivesAt(element, 'Choose a password');
    expect([card.drawn(), element.shadowRoot?.getAnimations().length]).to.deep.equal([0, 0]);
    await emulateMedia({ reducedMotion: 'no-preference' });
  });
});
