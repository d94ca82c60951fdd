import type { CountersignTextField } from '@countersign/elements';
import { createTestKit, type TestKit } from '@countersign/server/testing';
import { sendKeys } from '@web/test-runner-commands';
import { expect } from 'chai';
import { addAddress } from '../../stories/support/address.ts';
import { barriers, find, press } from './support/page.ts';
import { arrivesAt, headingOf, makeElement, until } from './support/scene.ts';

const newKit = () => createTestKit({ settings: { factors: ['email'] } });

const open = async (kit: TestKit, kind: 'setup' | 'verify') => {
  const element = await makeElement(kit, { kind }, `countersign-${kind}`);
  document.body.replaceChildren(element);
  await until(() => {
    if (!element.querySelector('input')) throw new Error('the first step is not there');
  });
  return element;
};

const input = (): HTMLInputElement => find<HTMLInputElement>('input');

/** The line below the heading, in the element's own frame. */
const leadOf = (element: Element): string => element.shadowRoot?.textContent ?? '';

const give = async (address: string): Promise<void> => {
  input().focus();
  await sendKeys({ type: address });
  await press('Enter');
};

describe('an e-mail address', () => {
  it('is asked for in a field that browsers fill in, and confirmed with the code that was mailed', async () => {
    const kit = await newKit();
    const element = await open(kit, 'setup');
    expect(headingOf(element)).to.equal('Add your e-mail address');
    expect(leadOf(element)).to.contain('We send a code to it, to be sure that it is yours.');
    const { type, autocomplete, ariaRequired, labels } = input();
    expect([type, autocomplete, ariaRequired]).to.deep.equal(['email', 'email', 'true']);
    expect(labels?.[0]?.textContent).to.equal('E-mail address');
    expect(await barriers()).to.deep.equal([]);
    await give('Ada@Example.com');
    await arrivesAt(element, 'Enter the code');
    expect(leadOf(element)).to.contain('Sent to ada@example.com at');
    expect(await barriers()).to.deep.equal([]);
    input().focus();
    await sendKeys({ type: kit.inbox.code('ada@example.com') });
    await arrivesAt(element, 'Done');
  });

  it('is changed by who mistyped it', async () => {
    const element = await open(await newKit(), 'setup');
    await give('ada@exmaple.com');
    await arrivesAt(element, 'Enter the code');
    const change = [...element.querySelectorAll('button')].find(
      ({ textContent }) => textContent?.trim() === 'Change the address',
    );
    change?.click();
    await arrivesAt(element, 'Add your e-mail address');
  });

  it('is not sent while it is none; one that no mail reaches is told below the field, which keeps the focus', async () => {
    const kit = await newKit();
    const element = await open(kit, 'setup');
    await give('ada');
    await until(() => expect(element.textContent).to.contain('An e-mail address looks like ada@example.com.'));
    await sendKeys({ type: '@localhost' });
    await press('Enter');
    await until(() => expect(element.textContent).to.contain('Mail cannot reach this address. Check it.'));
    expect(document.activeElement).to.equal(input());
    expect(find<CountersignTextField>('countersign-text-field').error).not.to.equal('');
    expect(kit.inbox.messages).to.deep.equal([]);
    expect(await barriers()).to.deep.equal([]);
  });

  it('that was added already is not added again', async () => {
    const kit = await newKit();
    await addAddress(kit);
    const element = await open(kit, 'setup');
    input().focus();
    await sendKeys({ type: kit.inbox.code() });
    await arrivesAt(element, 'Add your e-mail address');
    await give('ada@example.com');
    await until(() => expect(element.textContent).to.contain('You have added this address already.'));
  });

  it('verifies, masked', async () => {
    const kit = await newKit();
    await addAddress(kit);
    const element = await open(kit, 'verify');
    expect(headingOf(element)).to.equal('Enter the code');
    expect(leadOf(element)).to.contain('Sent to a•••@example.com at');
    expect(element.textContent).not.to.contain('Change the address');
    input().focus();
    await sendKeys({ type: kit.inbox.code() });
    await arrivesAt(element, 'Done');
  });

  it('is asked for first where nothing is held, and why is said', async () => {
    const element = await open(await newKit(), 'verify');
    expect(headingOf(element)).to.equal('Add your e-mail address');
    expect(leadOf(element)).to.contain('To go on, set up 2-step verification first: add an e-mail address');
  });

  it('is set up within 320 pixels', async () => {
    const element = await open(await newKit(), 'setup');
    element.style.inlineSize = '288px';
    expect(element.scrollWidth).to.be.at.most(288);
  });
});
