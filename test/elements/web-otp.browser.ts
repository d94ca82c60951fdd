import { expect } from 'chai';
import { html } from 'lit';
import { find, show, drawn } from './support/page.ts';
import type {} from '@countersign/elements/code-field/web-otp';
import { field, form, forget, submitted, told } from './support/code-field.ts';
import { until } from './support/scene.ts';
import { asked, last, playBrowser, stopPlaying } from './support/web-otp.ts';

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
    stopPlaying();
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

  it('is not asked for unless the page wants it', async () => {
    await openField(false);
    expect(asked).to.have.length(0);
  });
});
