import type { CountersignQrCode } from '@countersign/elements/qr-code/qr-code';
import { codeAt, stepAt } from '@countersign/factors/totp/server-code';
import { createTestKit, type TestKit } from '@countersign/server/testing';
import { sendKeys } from '@web/test-runner-commands';
import { expect } from 'chai';
import { addApp } from '../../stories/support/app.ts';
import { barriers, find } from './support/page.ts';
import { arrivesAt, headingOf, makeElement, until } from './support/scene.ts';

describe('an authenticator app', () => {
  const open = async (kit: TestKit, kind: 'setup' | 'verify') => {
    const element = await makeElement(kit, { kind }, `countersign-${kind}`);
    document.body.replaceChildren(element);
    await until(() => {
      if (!element.querySelector('input')) throw new Error('the first step is not there');
    });
    return element;
  };
  const newKit = () => createTestKit({ settings: { factors: ['totp'] } });
  const key = () => find('.countersign-key').textContent.replaceAll(' ', '');
  const button = (text: string) =>
    [...document.querySelectorAll('button')].find(({ textContent }) => textContent?.trim() === text);

  it('is set up with what the page shows: a picture, a link and a key, which all say the same', async () => {
    const kit = await newKit();
    const element = await open(kit, 'setup');
    expect(headingOf(element)).to.equal('Set up your authenticator app');
    const { href } = find<HTMLAnchorElement>('a.countersign-link', element);
    expect(new URL(href).searchParams.get('secret')).to.equal(key());
    expect(find<CountersignQrCode>('countersign-qr-code').value).to.equal(href);
    const { shadowRoot } = find('countersign-qr-code');
    await until(() => expect(shadowRoot?.querySelector('path')?.getAttribute('d')).to.match(/^M/u));
    expect(await barriers()).to.deep.equal([]);
    find('input').focus();
    await sendKeys({ type: codeAt(key(), stepAt(kit.clock.now())) });
    await arrivesAt(element, 'Done');
  });

  it('gets its key by a button, or selected where the page may not write to the clipboard', async () => {
    const element = await open(await newKit(), 'setup');
    const copied: string[] = [];
    let isAllowed = true;
    const { clipboard } = navigator;
    const writeText = async (text: string): Promise<void> => {
      if (!isAllowed) throw new DOMException('no', 'NotAllowedError');
      copied.push(text);
    };
    Object.defineProperty(clipboard, 'writeText', { value: writeText, configurable: true });
    button('Copy the key')?.click();
    await until(() => expect(element.textContent).to.contain('Copied.'));
    expect(copied).to.deep.equal([key()]);
    isAllowed = false;
    button('Copy the key')?.click();
    await until(() => expect(element.textContent).to.contain('The key is selected.'));
    expect(document.getSelection()?.toString()).to.equal(find('.countersign-key').textContent);
    Reflect.deleteProperty(clipboard, 'writeText');
  });

  it('verifies; a wrong code is told below the field, which keeps the focus', async () => {
    const kit = await newKit();
    const secret = await addApp(kit);
    kit.clock.advance(30_000);
    const element = await open(kit, 'verify');
    expect(headingOf(element)).to.equal('Enter the code from your app');
    const input = find<HTMLInputElement>('input', element);
    input.focus();
    await sendKeys({ type: codeAt(secret, 0) });
    await until(() => expect(element.textContent).to.contain('That code is not right.'));
    expect(document.activeElement).to.equal(input);
    await sendKeys({ type: codeAt(secret, stepAt(kit.clock.now())) });
    await arrivesAt(element, 'Done');
  });

  it('is set up within 320 pixels', async () => {
    const element = await open(await newKit(), 'setup');
    element.style.inlineSize = '288px';
    for (const part of element.querySelectorAll<HTMLElement>('a, code, button, countersign-qr-code')) {
      expect(part.getBoundingClientRect().width).to.be.at.most(288);
    }
    expect(element.scrollWidth).to.be.at.most(288);
  });
});
