import { createTestKit, type TestKit } from '@countersign/server/testing';
import { expect } from 'chai';
import { barriers } from './support/page.ts';
import { arrivesAt, makeElement, until } from './support/scene.ts';

const sentence = 'An app or a passkey is safer than texts.';

const phoneInput = (): HTMLInputElement => {
  const input = document.querySelector<HTMLInputElement>('input[type="tel"]');
  if (!input) throw new Error('there is no field for a number');
  return input;
};

/** What is read to somebody who comes to the field. */
const description = (): string =>
  (phoneInput().getAttribute('aria-describedby') ?? '')
    .split(' ')
    .map((id) => document.getElementById(id)?.textContent ?? '')
    .join(' ');

/** A factor of the list, by its name. */
const choiceOf = (name: string): HTMLButtonElement | undefined => {
  const choices = document.querySelector('countersign-factor-list')?.shadowRoot?.querySelectorAll('button') ?? [];
  return [...choices].find(({ textContent }) => textContent?.includes(name));
};

const buttonOf = (text: string): HTMLButtonElement | undefined =>
  [...document.querySelectorAll('button')].find(({ textContent }) => textContent?.trim() === text);

const open = async (kit: TestKit): Promise<Element> => {
  const element = await makeElement(kit, { kind: 'setup' }, 'countersign-setup');
  element.autofocus = true;
  document.body.replaceChildren(element);
  return element;
};

describe('adding a phone', () => {
  it('C13: says, with the field, that a text message is less safe, and leads to what is safer', async () => {
    const element = await open(await createTestKit({ settings: { factors: ['sms', 'totp', 'passkey'] } }));
    await arrivesAt(element, 'Choose a second step');
    await until(() => expect(choiceOf('Text message')).to.exist);
    choiceOf('Text message')?.click();
    await arrivesAt(element, 'Add your phone number');
    expect(document.activeElement).to.equal(phoneInput());
    await until(() => expect(description()).to.equal(sentence));
    expect(await barriers()).to.deep.equal([]);
    buttonOf('Try another way')?.click();
    await arrivesAt(element, 'Choose a second step');
    await until(() => expect([choiceOf('Authenticator app'), choiceOf('Passkey')]).to.not.include(undefined));
  });

  it('C13: says it, too, where text messages are the only way', async () => {
    const element = await open(await createTestKit({ settings: { factors: ['sms'] } }));
    await arrivesAt(element, 'Add your phone number');
    await until(() => expect(description()).to.equal(sentence));
    expect(buttonOf('Try another way')).to.equal(undefined);
  });
});
