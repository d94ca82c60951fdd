import { createTestKit, drive } from '@countersign/server/testing';
import { expect } from 'chai';
import { html } from 'lit';
import { find, show, drawn } from './support/page.ts';
import type {} from '@countersign/elements/code-field/web-otp';
import { field, form, forget, submitted, told } from './support/code-field.ts';
import { headingOf, makeElement, until } from './support/scene.ts';

interface Asked {
  options: CredentialRequestOptions | undefined;
  answer: (code: string) => void;
  refuse: (error: DOMException) => void;
}

const asked: Asked[] = [];

/** No text message can be sent to a browser without a phone: what it would do with one is played here. */
const playBrowser = (): void => {
  asked.length = 0;
  if (!('OTPCredential' in globalThis)) Object.assign(globalThis, { OTPCredential: class {} });
  const get = (options?: CredentialRequestOptions): Promise<unknown> =>
    new Promise((resolve, reject) => {
      options?.signal?.addEventListener('abort', () => reject(new DOMException('left', 'AbortError')));
      asked.push({ options, answer: (code) => resolve({ type: 'otp', code }), refuse: reject });
    });
  // WebKitGTK has no such property at all.
  Object.defineProperty(navigator, 'credentials', { configurable: true, value: { get } });
};

const last = (): Asked => {
  const one = asked.at(-1);
  if (!one) throw new Error('the browser was not asked for a code');
  return one;
};

const openField = async (webOtp: boolean): Promise<void> => {
  forget();
  await show(form(html`<countersign-code-field name="code" auto-submit ?web-otp=${webOtp}></countersign-code-field>`));
  await drawn();
  if (webOtp) await until(() => expect(asked).to.have.length(1));
};

const unhandled: string[] = [];
const onUnhandled = (event: PromiseRejectionEvent): void => void unhandled.push(String(event.reason));

describe('a code from a text message, with a stub for WebOTP', () => {
  beforeEach(() => {
    playBrowser();
    unhandled.length = 0;
    addEventListener('unhandledrejection', onUnhandled);
  });

  afterEach(() => {
    removeEventListener('unhandledrejection', onUnhandled);
    Reflect.deleteProperty(navigator, 'credentials');
  });

  it('K7: is filled in and sent once', async () => {
    await openField(true);
    expect(last().options?.otp).to.deep.equal({ transport: ['sms'] });
    last().answer('123456');
    await until(() => expect(submitted).to.deep.equal(['123456']));
    expect(told).to.deep.equal(['inserted 123456']);
  });

  it('K7: goes through the same reading as what is typed', async () => {
    await openField(true);
    last().answer('<b>12 34</b>');
    await drawn();
    await until(() => expect(asked).to.have.length(2));
    expect([field().value, submitted]).to.deep.equal(['1234', []]);
  });

  it('K7: is asked for again after one came, since a newer message has the code that counts', async () => {
    await openField(true);
    last().answer('111111');
    await until(() => expect(asked).to.have.length(2));
    last().answer('222222');
    await until(() => expect(submitted).to.deep.equal(['111111', '222222']));
  });

  it('K7: is waited for no longer when the field has left the page', async () => {
    await openField(true);
    const { signal } = last().options ?? {};
    expect(signal?.aborted).to.equal(false);
    find('form').remove();
    expect(signal?.aborted).to.equal(true);
    await drawn();
    expect([asked.length, unhandled]).to.deep.equal([1, []]);
  });

  it('K7: is waited for again when the field was only moved', async () => {
    await openField(true);
    const place = document.createElement('div');
    document.body.append(place);
    place.append(find('form'));
    await until(() => expect(asked).to.have.length(2));
    last().answer('123456');
    await until(() => expect(submitted).to.deep.equal(['123456']));
    place.remove();
  });

  it('K7: is typed where the browser refuses, in a frame without the permission or of an opaque origin', async () => {
    await openField(true);
    last().refuse(new DOMException('not allowed here', 'NotAllowedError'));
    await drawn();
    expect([asked.length, unhandled]).to.deep.equal([1, []]);
    field().fill('123456');
    expect(submitted).to.deep.equal(['123456']);
  });

  it('K7: that is faster than the answer to whoever asked for it is filled in and sent once that is there', async () => {
    const kit = await createTestKit();
    await drive(kit).bind();
    const element = await makeElement(kit);
    const browser = kit.browser();
    const gate = { isShut: false, open: (): void => {} };
    element.options = {
      ...element.options,
      fetch: async (request, init) => {
        const answer = await browser(request, init);
        if (gate.isShut) await new Promise<void>((resolve) => (gate.open = resolve));
        return answer;
      },
    };
    document.body.replaceChildren(element);
    await until(() => expect(asked).to.have.length(1));
    kit.clock.advance(61_000);
    element.requestUpdate();
    document.dispatchEvent(new Event('visibilitychange'));
    gate.isShut = true;
    await until(() => expect(find('countersign-countdown button').checkVisibility()).to.equal(true));
    find('countersign-countdown button').click();
    await until(() => expect(kit.inbox.messages).to.have.length(3));
    last().answer(kit.inbox.code());
    await drawn();
    expect([find<HTMLInputElement>('input').value, element.client?.state.name]).to.deep.equal(['', 'sending']);
    gate.isShut = false;
    gate.open();
    await until(() => expect(headingOf(element)).to.equal('Done'));
  });

  it('is not asked for unless the page wants it', async () => {
    await openField(false);
    expect(asked).to.have.length(0);
  });
});
