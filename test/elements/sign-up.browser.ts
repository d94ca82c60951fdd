import { createTestKit, type TestKit } from '@countersign/server/testing';
import { expect } from 'chai';
import type { CompleteEvent, CountersignFlowElement } from '@countersign/elements';
import { accounts, address, password, phone, signUp } from '../../stories/support/account.ts';
import { barriers, press, type } from './support/page.ts';
import { arrivesAt, openOwnScene, until } from './support/scene.ts';

const open = async (kit: TestKit): Promise<CountersignFlowElement> => openOwnScene('countersign-sign-up', kit);

const focused = (): HTMLInputElement => document.activeElement as HTMLInputElement;

const namesAddress = async (element: CountersignFlowElement): Promise<void> => {
  await arrivesAt(element, 'Create your account');
  await type(address);
  await press('Enter');
  await arrivesAt(element, 'Enter the code');
};

describe('sign-up', () => {
  it('goes from the first key to a session without a mouse', async () => {
    const kit = await createTestKit(accounts());
    const element = await open(kit);
    const done: CompleteEvent[] = [];
    element.addEventListener('countersign-complete', (event) => done.push(event));

    expect([focused().type, focused().autocomplete]).to.deep.equal(['email', 'email']);
    await namesAddress(element);
    await type(kit.inbox.code(address));

    await arrivesAt(element, 'Choose a password');
    expect([focused().type, focused().autocomplete]).to.deep.equal(['password', 'new-password']);
    const username = element.querySelector<HTMLInputElement>('input[autocomplete=username]');
    expect([username?.value, username?.form === focused().form]).to.deep.equal([address, true]);
    expect(await barriers()).to.deep.equal([]);
    await type(password);
    await press('Enter');

    await arrivesAt(element, 'Add your phone number');
    await until(() => expect(focused().type).to.equal('tel'));
    await type(phone);
    await press('Enter');
    await arrivesAt(element, 'Enter the code');
    await until(() => expect(focused().autocomplete).to.equal('one-time-code'));
    await type(kit.inbox.code(phone));

    await arrivesAt(element, 'Save your backup codes');
    expect(await barriers()).to.deep.equal([]);
    // The heading has the focus, so that the codes are read before the box is met; then Copy, Download, Print.
    await press('Tab', 'Tab', 'Tab', 'Tab', 'Space', 'Tab', 'Enter');
    await arrivesAt(element, 'You are signed in');
    expect(done.map(({ proof, session, held }) => [proof, Boolean(session?.expiresAt), held.length])).to.deep.equal([
      ['', true, 2],
    ]);
  });

  it('says to whoever owns an account that it is there, and leads to it', async () => {
    const kit = await createTestKit(accounts());
    await signUp(kit);
    kit.clock.advance(60_000);
    const element = await open(kit);
    await namesAddress(element);
    await type(kit.inbox.code(address));
    await arrivesAt(element, 'You have an account already');
    expect(element.shadowRoot?.textContent).to.contain('There is an account with this e-mail address.');
    expect(element.querySelector('[data-error]')).to.equal(null);
    const followed: string[] = [];
    element.addEventListener('click', (event) => {
      event.preventDefault();
      followed.push((event.target as Element).getAttribute('href') ?? '');
    });
    element.querySelector('a')?.click();
    expect(followed).to.deep.equal(['/sign-in']);
  });

  it('keeps what was typed on the way back, and forgets it when another kind of address is asked for', async () => {
    const kit = await createTestKit(accounts({ signUp: { identifiers: ['email', 'phone'] } }));
    const element = await open(kit);
    await namesAddress(element);
    const button = (name: string): HTMLButtonElement | undefined =>
      [...element.querySelectorAll('button')].find(({ textContent }) => textContent?.trim() === name);
    button('Change the address')?.click();
    await arrivesAt(element, 'Create your account');
    await until(() => expect(focused().value).to.equal(address));
    button('Use your phone number instead')?.click();
    await until(() => expect([focused().type, focused().autocomplete]).to.deep.equal(['tel', 'tel']));
    expect(button('Use your e-mail address instead')).not.to.equal(undefined);
  });

  it('lets the second step be put off where the operator does', async () => {
    const kit = await createTestKit(accounts({ policy: { mode: 'optional', prompt: 'sign-in-and-sign-up' } }));
    const element = await open(kit);
    await namesAddress(element);
    await type(kit.inbox.code(address));
    await arrivesAt(element, 'Choose a password');
    await type(password);
    await press('Enter');
    await arrivesAt(element, 'Turn on 2-step verification');
    await press('Tab', 'Enter');
    await arrivesAt(element, 'Add your phone number');
    await until(() => expect(focused().type).to.equal('tel'));
    expect([...element.querySelectorAll('button')].at(-1)?.textContent).to.equal('Not now');
    [...element.querySelectorAll('button')].at(-1)?.click();
    await arrivesAt(element, 'You are signed in');
  });
});
