import { drive, goOn, type TestKit, type TestKitOptions, createTestKit } from '@countersign/server/testing';
import type { CountersignFlowElement } from '@countersign/elements';
import { sendKeys } from '@web/test-runner-commands';
import { expect } from 'chai';
import { barriers } from './support/page.ts';
import { arrivesAt, makeElement, until } from './support/scene.ts';

const everyChannel = { channels: ['sms', 'voice', 'whatsapp', 'email'] } as const satisfies TestKitOptions;

const holdsPhone = async (kit: TestKit): Promise<void> => void (await drive(kit).bind());

/** Somebody who holds backup codes as well. */
const withBackupCodes: TestKitOptions = {
  ...everyChannel,
  settings: { factors: ['sms', 'backup-codes'], policy: { mode: 'mandatory' } },
};
const holdsBackupCodes = async (kit: TestKit): Promise<void> => {
  const visitor = kit.visitor();
  await visitor.claim((await kit.begin({ kind: 'sign-in' })).token);
  await goOn(kit.inbox, visitor);
};

interface Scene {
  kit: TestKit;
  element: CountersignFlowElement;
}

/** Puts the element into the page, with the focus in the field for the first code. */
const open = async (options: TestKitOptions = everyChannel, before = holdsPhone): Promise<Scene> => {
  const kit = await createTestKit(options);
  await before(kit);
  const element = await makeElement(kit);
  element.autofocus = true;
  document.body.replaceChildren(element);
  await arrivesAt(element, 'Enter the code');
  return { kit, element };
};

const isShown = (element: Element): boolean => element.checkVisibility({ visibilityProperty: true });

/** What can be pressed below the field, in its order. */
const waysOf = ({ element }: Scene): string[] =>
  [...element.querySelectorAll('.countersign-ways :is(button, summary)')]
    .filter(isShown)
    .map(({ textContent }) => textContent?.trim() ?? '');

const leadOf = ({ element }: Scene): string => element.shadowRoot?.querySelector('[part=lead]')?.textContent ?? '';

const textOf = ({ element }: Scene): string => element.querySelector('form')?.textContent ?? '';

const codeInput = (): HTMLInputElement | null => document.querySelector('input[autocomplete="one-time-code"]');

/** Whether the field for the code has the focus. */
const isTyping = (): boolean => codeInput() !== null && document.activeElement === codeInput();

/** Goes on in time, and lets the page see it. */
const pass = async ({ kit, element }: Scene, seconds: number): Promise<void> => {
  kit.clock.advance(seconds * 1000);
  element.requestUpdate();
  document.dispatchEvent(new Event('visibilitychange'));
  await element.updateComplete;
};

const focused = (): string => document.activeElement?.textContent?.trim() ?? '';

/** Presses Tab until it has the focus, then Enter, as somebody without a mouse does. */
const press = async (name: string): Promise<void> => {
  for (let presses = 0; presses < 15 && focused() !== name; presses += 1) await sendKeys({ press: 'Tab' });
  expect(focused()).to.equal(name);
  await sendKeys({ press: 'Enter' });
};

/** Asks for a second text message, below which the rungs stand from then on. */
const askAgain = async (scene: Scene): Promise<void> => {
  await pass(scene, 60);
  await press('Send again');
  await until(() => expect(textOf(scene)).to.match(/No code at •••• \d\d yet\?/u));
};

describe('a code that never comes', () => {
  it('shows, from the second message on, every way that is open, in one order, after one wait', async () => {
    const scene = await open();
    expect(waysOf(scene)).to.deep.equal([]);
    await pass(scene, 60);
    expect(waysOf(scene)).to.deep.equal(['Send again']);
    await askAgain(scene);
    expect(waysOf(scene)).to.deep.equal(["I can't use my phone"]);
    const waits = [...scene.element.querySelectorAll('countersign-countdown')];
    expect(waits.map(({ shadowRoot }) => shadowRoot?.querySelector('[part=timer]')?.textContent?.trim())).to.deep.equal(
      ['Send again in 2:00'],
    );
    await pass(scene, 120);
    expect(waysOf(scene)).to.deep.equal([
      'Call me instead',
      'Send it by WhatsApp',
      'Send a text message again',
      "I can't use my phone",
    ]);
    expect(waits.map(({ shadowRoot }) => shadowRoot?.querySelector('[role=status]')?.textContent)).to.deep.equal([
      'It can be sent again now.',
    ]);
    expect(await barriers()).to.deep.equal([]);
  });

  it('keeps the field when a new code is asked for, and with it the keyboard of a phone', async () => {
    const scene = await open();
    const input = codeInput();
    await askAgain(scene);
    expect(codeInput()).to.equal(input);
    expect(isTyping()).to.equal(true);
  });

  it('shows no way that no connector serves', async () => {
    const scene = await open({ channels: ['sms', 'email'] });
    await askAgain(scene);
    await pass(scene, 120);
    expect(waysOf(scene)).to.deep.equal(['Send a text message again', "I can't use my phone"]);
  });

  it('calls, says so, and takes the code that was heard, by keyboard alone', async () => {
    const scene = await open();
    await askAgain(scene);
    await pass(scene, 120);
    await press('Call me instead');
    await until(() => expect(leadOf(scene)).to.equal('We are calling •••• 78.'));
    expect(scene.kit.inbox.messages.at(-1)?.channel).to.equal('voice');
    await until(() => expect(isTyping()).to.equal(true));
    await sendKeys({ type: scene.kit.inbox.code() });
    await arrivesAt(scene.element, 'Done');
  });

  it('writes by WhatsApp, and says so', async () => {
    const scene = await open();
    await askAgain(scene);
    await pass(scene, 120);
    await press('Send it by WhatsApp');
    await until(() => expect(leadOf(scene)).to.match(/^Sent by WhatsApp to •••• 78 at /u));
    expect(scene.kit.inbox.messages.at(-1)?.channel).to.equal('whatsapp');
  });

  it('shows the same after a reload', async () => {
    const kit = await createTestKit(everyChannel);
    await holdsPhone(kit);
    const held = new Map<string, string>();
    const storage = {
      getItem: (key: string) => held.get(key) ?? null,
      setItem: (key: string, value: string) => void held.set(key, value),
      removeItem: (key: string) => void held.delete(key),
    };
    const fetcher = kit.browser();
    const load = async (): Promise<Scene> => {
      const element = await makeElement(kit);
      element.options = { ...element.options, fetch: fetcher, storage };
      element.autofocus = true;
      document.body.replaceChildren(element);
      await arrivesAt(element, 'Enter the code');
      return { kit, element };
    };
    const before = await load();
    await askAgain(before);
    await pass(before, 120);
    await press('Call me instead');
    await until(() => expect(leadOf(before)).to.equal('We are calling •••• 78.'));
    const seen = [textOf(before), waysOf(before)];
    const sent = kit.inbox.messages.length;
    const after = await load();
    await until(() => expect(leadOf(after)).to.equal('We are calling •••• 78.'));
    expect([textOf(after), waysOf(after)]).to.deep.equal(seen);
    expect(kit.inbox.messages.length).to.equal(sent);
  });

  it('offers first what the code came by once that has expired, and asks for one wait only', async () => {
    const scene = await open();
    await askAgain(scene);
    await pass(scene, 300);
    expect(textOf(scene)).to.contain('The code has expired. Send a new one.');
    const buttons = [...scene.element.querySelectorAll('button')].filter(isShown);
    expect(buttons.map(({ textContent, className }) => [textContent?.trim(), className])).to.deep.equal([
      ['Send a text message again', 'countersign-primary'],
      ['Call me instead', 'countersign-link'],
      ['Send it by WhatsApp', 'countersign-link'],
    ]);
    expect(scene.element.querySelectorAll('countersign-countdown').length).to.equal(1);
  });

  it('says whom to ask where the phone is gone and nothing else is held', async () => {
    const scene = await open();
    await askAgain(scene);
    const hint = scene.element.querySelector('details p');
    expect(hint && isShown(hint)).to.equal(false);
    await press("I can't use my phone");
    expect(hint && isShown(hint)).to.equal(true);
    expect(hint?.textContent?.trim()).to.match(/^Ask the people who run this app for a recovery pass\./u);
    expect(await barriers()).to.deep.equal([]);
  });

  it('leads to the other factors where the phone is gone and some are held', async () => {
    const scene = await open(withBackupCodes, holdsBackupCodes);
    await askAgain(scene);
    expect(waysOf(scene)).to.deep.equal(["I can't use my phone", 'Try another way']);
    await press("I can't use my phone");
    await arrivesAt(scene.element, 'Choose how to confirm that it is you');
  });
});

describe('a message that is reported failed', () => {
  it('is told when the element looks, and takes the focus from the field that is gone', async () => {
    const scene = await open({ ...everyChannel, reports: true });
    expect(isTyping()).to.equal(true);
    await scene.kit.report('failed');
    // A moment before it is worth looking; the rest passes by itself.
    await pass(scene, 4.99);
    await arrivesAt(scene.element, 'The message did not arrive');
    const { shadowRoot } = scene.element;
    await until(() => expect(shadowRoot?.activeElement?.localName).to.equal('h2'));
    expect(leadOf(scene)).to.equal('It was meant for •••• 78.');
    expect(codeInput() === null).to.equal(true);
    expect(await barriers()).to.deep.equal([]);
    await press('Call me instead');
    await arrivesAt(scene.element, 'Enter the code');
    await sendKeys({ type: scene.kit.inbox.code() });
    await arrivesAt(scene.element, 'Done');
  });

  it('is followed by what it did not travel by first, and by another factor where one is held', async () => {
    const scene = await open({ ...withBackupCodes, reports: true }, holdsBackupCodes);
    await scene.kit.report('failed');
    scene.element.client?.refresh();
    await arrivesAt(scene.element, 'The message did not arrive');
    const buttons = [...scene.element.querySelectorAll('button')].filter(isShown);
    expect(buttons.map(({ textContent, className }) => [textContent?.trim(), className])).to.deep.equal([
      ['Call me instead', 'countersign-primary'],
      ['Send it by WhatsApp', 'countersign-link'],
      ['Send a text message again', 'countersign-link'],
      ["I can't use my phone", 'countersign-link'],
      ['Try another way', 'countersign-link'],
    ]);
  });

  it('leaves what was typed, and the focus, where it is reported delivered', async () => {
    const scene = await open({ ...everyChannel, reports: true });
    await sendKeys({ type: '12' });
    await scene.kit.report('delivered');
    const { state } = scene.element.client ?? {};
    scene.element.client?.refresh();
    await until(() => expect(scene.element.client?.state === state).to.equal(false));
    await scene.element.updateComplete;
    expect([codeInput()?.value, isTyping()]).to.deep.equal(['12', true]);
  });
});
