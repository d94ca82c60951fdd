import { createTestKit, drive, type TestKit } from '@countersign/server/testing';
import { expect } from 'chai';
import type { CompleteEvent, CountersignFlowElement } from '@countersign/elements';
import { barriers, press, type } from './support/page.ts';
import { arrivesAt, openOwnScene, until } from './support/scene.ts';

const focused = (): HTMLInputElement => document.activeElement as HTMLInputElement;

const settings = {
  signUp: { identifiers: ['email' as const] },
  resetPassword: { identifiers: ['email' as const] },
  factors: ['sms', 'backup-codes'],
  policy: { mode: 'mandatory' as const },
};

interface Door {
  kit: TestKit;
  element: CountersignFlowElement;
  ends: CompleteEvent[];
}

const open = async (): Promise<Door> => {
  const kit = await createTestKit({ settings });
  await drive(kit).signUp();
  kit.clock.advance(61_000);
  const element = await openOwnScene('countersign-reset-password', kit);
  const ends: CompleteEvent[] = [];
  element.addEventListener('countersign-complete', (event) => ends.push(event));
  return { kit, element, ends };
};

const entersAddress = async (element: Element, address = 'ada@example.com'): Promise<void> => {
  await arrivesAt(element, 'Reset your password');
  await type(address);
  await press('Enter');
  await arrivesAt(element, 'Enter the code');
  await until(() => expect(focused().autocomplete).to.equal('one-time-code'));
};

describe('reset-password', () => {
  it('goes from the address to a new password by keyboard, and gives neither session nor proof', async () => {
    const { kit, element, ends } = await open();
    expect(await barriers()).to.deep.equal([]);
    await entersAddress(element);
    expect(await barriers()).to.deep.equal([]);
    await type(kit.inbox.code('ada@example.com'));
    await until(() => expect(element.shadowRoot?.textContent).to.contain('Sent to •••• 21'));
    await type(kit.inbox.code('+31687654321'));
    await arrivesAt(element, 'Choose a new password');
    await until(() => expect(focused().autocomplete).to.equal('new-password'));
    expect(await barriers()).to.deep.equal([]);
    await type('another horse 9 battery');
    await press('Enter');
    await arrivesAt(element, 'Your password is changed');
    expect(element.textContent).to.contain('Sign in with it.');
    expect(element.querySelector('a')?.getAttribute('href')).to.equal('/sign-in');
    expect(ends.map(({ proof, session }) => [proof, session])).to.deep.equal([['', null]]);
    expect(await barriers()).to.deep.equal([]);
  });

  it('says the same of an address that nobody has', async () => {
    const { kit, element } = await open();
    const sent = kit.inbox.messages.length;
    await entersAddress(element, 'nobody@example.com');
    expect(element.shadowRoot?.textContent).to.contain(
      'If there is an account for nobody@example.com, we have sent it a code.',
    );
    expect(kit.inbox.messages).to.have.length(sent);
  });

  it('is linked from signing in where the page says so, and nowhere else', async () => {
    const kit = await createTestKit({ settings });
    const element = await openOwnScene('countersign-sign-in', kit);
    expect([...element.querySelectorAll('a')].map(({ textContent }) => textContent)).to.deep.equal([
      'Create an account',
    ]);
    element.setAttribute('reset-password-url', '/reset-password');
    await until(() =>
      expect(
        [...element.querySelectorAll('a')].map((link) => [link.textContent, link.getAttribute('href')]),
      ).to.deep.equal([
        ['Forgot your password?', '/reset-password'],
        ['Create an account', '/sign-up'],
      ]),
    );
  });
});
