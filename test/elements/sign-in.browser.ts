import { createTestKit, type TestKit, type TestKitOptions } from '@countersign/server/testing';
import { expect } from 'chai';
import type { CompleteEvent, CountersignFlowElement } from '@countersign/elements';
import { accounts, address, guessPasswords, password, signUp } from '../../stories/support/account.ts';
import { barriers, press, type } from './support/page.ts';
import { arrivesAt, openOwnScene, until } from './support/scene.ts';

const focused = (): HTMLInputElement => document.activeElement as HTMLInputElement;

interface Door {
  kit: TestKit;
  element: CountersignFlowElement;
  codes: readonly string[];
  sessions: CompleteEvent['session'][];
}

const open = async (
  before?: (kit: TestKit) => Promise<void>,
  settings: TestKitOptions['settings'] & object = {},
): Promise<Door> => {
  const kit = await createTestKit(accounts(settings));
  const codes = await signUp(kit);
  await before?.(kit);
  const element = await openOwnScene('countersign-sign-in', kit);
  const sessions: CompleteEvent['session'][] = [];
  element.addEventListener('countersign-complete', ({ session }) => sessions.push(session));
  return { kit, element, codes, sessions };
};

/** With the focus in the address: there is the button that shows the password between it and the next one. */
const entersPassword = async (typed: string): Promise<void> => {
  await type(address);
  await press('Tab');
  await type(typed);
  await press('Enter');
};

const leadOf = ({ shadowRoot }: Element): string => shadowRoot?.querySelector('[part=lead]')?.textContent ?? '';

const tryAnotherWay = (element: Element): void =>
  [...element.querySelectorAll('button')].find(({ textContent }) => textContent === 'Try another way')?.click();

describe('sign-in', () => {
  it('asks for both in one form that password managers know', async () => {
    const { element } = await open();
    const [name, secret] = element.querySelectorAll('form input');
    expect([name, secret].map((input) => input?.getAttribute('autocomplete'))).to.deep.equal([
      'username',
      'current-password',
    ]);
    expect(await barriers()).to.deep.equal([]);
    expect(element.querySelector('a')?.getAttribute('href')).to.equal('/sign-up');
  });

  it('goes from the password to a session by the code from the phone', async () => {
    const { kit, element, sessions } = await open();
    await entersPassword(password);
    await arrivesAt(element, 'Enter the code');
    await until(() => expect(focused().autocomplete).to.equal('one-time-code'));
    await type(kit.inbox.code());
    await arrivesAt(element, 'You are signed in');
    expect(sessions.map((session) => Boolean(session?.expiresAt))).to.deep.equal([true]);
  });

  it('does not say which of the two is wrong, and lets the password be typed again at once', async () => {
    const { element } = await open();
    await entersPassword('not my password');
    await until(() => expect(element.textContent).to.contain('No account matches what you typed.'));
    await until(() => expect([focused().type, focused().selectionEnd]).to.deep.equal(['password', 15]));
    expect(element.querySelectorAll('[aria-invalid=true]')).to.have.length(1);
    await type(password);
    await press('Enter');
    await arrivesAt(element, 'Enter the code');
  });

  it('says how long to wait after too many tries', async () => {
    const { element } = await open(guessPasswords);
    await entersPassword(password);
    await until(() =>
      expect(element.querySelector('p[data-error]')?.textContent).to.match(/^Too many tries\. Try again in/u),
    );
    expect(element.querySelectorAll('[aria-invalid=true]')).to.have.length(0);
  });

  it('takes a backup code in the place of the phone, chosen and typed without a mouse', async () => {
    const { element, codes, sessions } = await open();
    await entersPassword(password);
    await arrivesAt(element, 'Enter the code');
    await until(() => expect(focused().autocomplete).to.equal('one-time-code'));
    // Confirm, (the countdown hides its button), Try another way.
    await press('Tab', 'Tab', 'Enter');
    await arrivesAt(element, 'Choose how to confirm that it is you');
    expect(await barriers()).to.deep.equal([]);
    await press('Tab', 'Tab', 'Enter');
    await arrivesAt(element, 'Enter a backup code');
    await until(() => expect(focused().localName).to.equal('input'));
    const attributes = ['autocomplete', 'autocapitalize', 'spellcheck', 'translate'];
    expect(attributes.map((name) => focused().getAttribute(name))).to.deep.equal(['off', 'characters', 'false', 'no']);
    await type('0000 0000 0000 0000');
    await press('Enter');
    await until(() => expect(element.textContent).to.contain('This is none of your codes, or it was used before.'));
    await until(() => expect(focused().selectionEnd).to.equal(19));
    await type((codes[3] ?? '').toLowerCase().replaceAll('-', ' '));
    await press('Enter');
    await arrivesAt(element, 'You are signed in');
    expect(sessions).to.have.length(1);
  });

  it('goes from the password to a code and back where both sign in, and says the same of any address', async () => {
    const { kit, element, sessions } = await open(async ({ clock }) => clock.advance(61_000), {
      signIn: { identifiers: ['email'], methods: ['password', 'code'] },
    });
    await type(address);
    await press('Enter');
    await arrivesAt(element, 'Enter your password');
    tryAnotherWay(element);
    await arrivesAt(element, 'Enter the code');
    expect(leadOf(element)).to.contain('If there is an account for');
    tryAnotherWay(element);
    await arrivesAt(element, 'Enter your password');
    tryAnotherWay(element);
    await arrivesAt(element, 'Enter the code');
    expect(await barriers()).to.deep.equal([]);
    await type(kit.inbox.code(address));
    await until(() => expect(leadOf(element)).to.match(/Sent to •••• 78/u));
    await type(kit.inbox.code());
    await arrivesAt(element, 'You are signed in');
    expect(sessions).to.have.length(1);
  });

  it('fits into 320 pixels at each step, in both writing directions', async () => {
    const { element } = await open();
    const sticksOut = (): number => Math.max(0, element.scrollWidth - element.clientWidth);
    element.style.width = '304px';
    for (const dir of ['ltr', 'rtl']) {
      document.documentElement.dir = dir;
      expect(sticksOut(), dir).to.equal(0);
    }
    await entersPassword(password);
    await arrivesAt(element, 'Enter the code');
    for (const dir of ['rtl', 'ltr']) {
      document.documentElement.dir = dir;
      expect(sticksOut(), dir).to.equal(0);
    }
    document.documentElement.dir = '';
  });
});
