import { drive } from '@countersign/server/testing';
import { sendKeys } from '@web/test-runner-commands';
import { expect } from 'chai';
import { headingOf, makeElement, openScene, until } from './support/scene.ts';

const codeInput = () => document.querySelector<HTMLInputElement>('input[autocomplete="one-time-code"]');
const button = (text: string) =>
  [...document.querySelectorAll('button')].find(({ textContent }) => textContent?.trim() === text);
const shows = (element: Element, heading: string) => until(() => expect(headingOf(element)).to.equal(heading));
const bound = (kit: Parameters<typeof drive>[0]) => drive(kit).bind();

describe('flow element', () => {
  it('keeps the code in a real form of the page', async () => {
    const { element } = await openScene(bound);
    const form = element.querySelector('form');
    expect(codeInput()?.form).to.equal(form);
    expect(form?.method).to.equal('post');
    expect(codeInput()?.labels?.[0]?.textContent).to.equal('Code');
  });

  it('sends a complete code by itself, and tells the page when the flow is done', async () => {
    const { kit, element, proofs } = await openScene(bound);
    codeInput()?.focus();
    await sendKeys({ type: kit.inbox.code() });
    await shows(element, 'Done');
    expect(proofs).to.have.length(1);
    const [proof = ''] = proofs;
    const redeemed = await kit.backend.proofs.verify(proof, {
      userId: 'ada',
      audience: kit.origin,
      nonce: 'nonce',
      kind: 'verify',
    });
    expect(redeemed.mfa).to.equal(true);
  });

  it('KD-36: keeps a wrong code selected and the focus in the field, and says how many tries are left', async () => {
    const { kit, element } = await openScene(bound);
    codeInput()?.focus();
    await sendKeys({ type: kit.inbox.code() === '000000' ? '111111' : '000000' });
    await until(() => expect(element.textContent).to.contain('That code is not right. 4 tries left.'));
    const input = codeInput();
    expect(document.activeElement).to.equal(input);
    await until(() => expect([input?.selectionStart, input?.selectionEnd]).to.deep.equal([0, 6]));
    expect(input?.ariaInvalid).to.equal('true');
    await sendKeys({ type: kit.inbox.code() });
    await shows(element, 'Done');
  });

  it('spends no second try when Enter follows a wrong code that had sent itself', async () => {
    const { kit, element } = await openScene(bound);
    codeInput()?.focus();
    const wrong = kit.inbox.code() === '000000' ? '111111' : '000000';
    await sendKeys({ type: wrong });
    await until(() => expect(element.textContent).to.contain('4 tries left.'));
    await sendKeys({ press: 'Enter' });
    await sendKeys({ press: 'Enter' });
    await sendKeys({ type: wrong.replace(/.$/u, '5') });
    await sendKeys({ press: 'Enter' });
    await until(() => expect(element.textContent).to.contain('3 tries left.'));
  });

  it('sends what was typed when Enter is pressed, and leads the focus to the next field', async () => {
    const { kit, element } = await openScene();
    await shows(element, 'Add your phone number');
    document.querySelector<HTMLInputElement>('input[type="tel"]')?.focus();
    await sendKeys({ type: '+31612345678' });
    await sendKeys({ press: 'Enter' });
    await shows(element, 'Enter the code');
    await until(() => expect(document.activeElement).to.equal(codeInput()));
    expect(kit.inbox.messages).to.have.length(1);
    expect(element.shadowRoot?.textContent).to.contain('Sent to +31612345678 at');
  });

  it('does not take the focus when the page opens, unless it is asked to', async () => {
    const { kit, element } = await openScene(bound);
    expect(document.activeElement).to.equal(document.body);
    const asked = await makeElement(kit);
    asked.autofocus = true;
    element.replaceWith(asked);
    await until(() => expect(document.activeElement).to.equal(codeInput()));
  });

  it('offers a new code as the first thing once the old one has expired', async () => {
    const { kit, element } = await openScene(bound);
    kit.clock.advance(300_000);
    element.requestUpdate();
    await until(() => expect(element.textContent).to.contain('The code has expired. Send a new one.'));
    expect(button('Confirm')).to.equal(undefined);
    const sent = kit.inbox.messages.length;
    button('Send a new code')?.click();
    await until(() => expect(kit.inbox.messages).to.have.length(sent + 1));
    await until(() => expect(button('Confirm')).not.to.equal(undefined));
  });

  it('KD-36: shows a refusal that is no fault of the field above it, and announces it', async () => {
    const { kit, element } = await openScene();
    for (const userId of ['u1', 'u2', 'u3', 'u4', 'u5']) await drive(kit).to('setup-code', { userId });
    document.querySelector<HTMLInputElement>('input[type="tel"]')?.focus();
    await sendKeys({ type: '+31612345678' });
    await sendKeys({ press: 'Enter' });
    const sentence = 'Too many codes were sent. Try again in 10 minutes.';
    await until(() => expect(element.querySelector('p[data-error]')?.textContent).to.equal(sentence));
    expect(element.shadowRoot?.querySelector('[role=status]')?.textContent).to.equal(sentence);
  });

  it('goes on with the flow when it is moved in the page, and stops when it is taken out', async () => {
    const { kit, element } = await openScene(bound);
    const { client } = element;
    const sent = kit.inbox.messages.length;
    const box = document.createElement('div');
    document.body.append(box);
    box.append(element);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(element.client).to.equal(client);
    expect(codeInput()?.form).to.equal(element.querySelector('form'));
    element.remove();
    await until(() => expect(element.client).to.equal(null));
    expect(kit.inbox.messages).to.have.length(sent);
  });

  it('begins by asking the host, with a POST to begin-url', async () => {
    const { kit } = await openScene(bound);
    const asked: string[] = [];
    const element = document.createElement('countersign-verify');
    element.setAttribute('begin-url', '/host/begin');
    element.base = kit.base;
    const browser = kit.browser();
    element.options = {
      storage: null,
      channel: null,
      now: kit.clock.now,
      fetch: async (input, init) => {
        const request = new Request(input, init);
        if (!request.url.endsWith('/host/begin')) return browser(request);
        asked.push(request.method);
        return Response.json({ token: (await kit.begin()).token });
      },
    };
    document.body.replaceChildren(element);
    await shows(element, 'Enter the code');
    expect(asked).to.deep.equal(['POST']);
  });

  it('tells a host that refuses from one that cannot be reached', async () => {
    const element = document.createElement('countersign-verify');
    element.beginUrl = '/nowhere';
    element.options = { storage: null, channel: null, fetch: async () => Response.json({}, { status: 401 }) };
    document.body.replaceChildren(element);
    await shows(element, 'That did not work');
  });

  it('says what to do when the host does not answer', async () => {
    const element = document.createElement('countersign-verify');
    element.beginUrl = '/nowhere';
    element.options = { storage: null, channel: null, fetch: () => Promise.reject(new TypeError('offline')) };
    document.body.replaceChildren(element);
    await shows(element, 'No connection');
    expect(button('Try again')).not.to.equal(undefined);
  });
});
