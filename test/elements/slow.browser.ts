import { createTestKit, drive } from '@countersign/server/testing';
import { sendKeys } from '@web/test-runner-commands';
import { expect } from 'chai';
import { drawn, find } from './support/page.ts';
import { headingOf, makeElement, until } from './support/scene.ts';
import { asked, last, playBrowser, stopPlaying } from './support/web-otp.ts';

const sentence = 'This takes longer than usual. Nothing is lost.';
const shown = (element: Element) => element.querySelector('p.countersign-message')?.textContent ?? '';
const spoken = (element: Element) => element.shadowRoot?.querySelector('[role=status]')?.textContent ?? '';

/** Timers of five seconds and more go off when they are told to. */
const holdTimers = () => {
  const { setTimeout: native, clearTimeout: nativeClear } = globalThis;
  const held = new Map<object, () => void>();
  const hold = (handler: () => void, delay = 0, ...rest: unknown[]): unknown => {
    if (delay < 5000) return native(handler, delay, ...rest);
    const timer = {};
    held.set(timer, handler);
    return timer;
  };
  const clear = (timer?: number | object): void => {
    if (typeof timer === 'object') held.delete(timer);
    else nativeClear(timer);
  };
  Object.assign(globalThis, { setTimeout: hold, clearTimeout: clear });
  return {
    goOff: () => held.forEach((handler) => handler()),
    giveBack: () => Object.assign(globalThis, { setTimeout: native, clearTimeout: nativeClear }),
  };
};

/** Somebody who is asked for a code, by a network that keeps back what is answered while its gate is shut. */
const openSlow = async () => {
  const kit = await createTestKit();
  await drive(kit).bind();
  const element = await makeElement(kit);
  const browser = kit.browser();
  const held: (() => void)[] = [];
  const gate = {
    isShut: false,
    open(): void {
      gate.isShut = false;
      for (const letThrough of held.splice(0)) letThrough();
    },
  };
  element.options = {
    ...element.options,
    fetch: async (request, init) => {
      const answer = await browser(request, init);
      if (gate.isShut) await new Promise<void>((resolve) => held.push(resolve));
      return answer;
    },
  };
  document.body.replaceChildren(element);
  return { kit, element, gate };
};

describe('a slow answer', () => {
  afterEach(stopPlaying);

  it('is said to be on its way, which nothing else says then, and no more once it is there', async () => {
    const { kit, element, gate } = await openSlow();
    await until(() => expect(headingOf(element)).to.equal('Enter the code'));
    const timers = holdTimers();
    try {
      gate.isShut = true;
      element.querySelector('input')?.focus();
      await sendKeys({ type: kit.inbox.code() });
      await until(() => expect(element.client?.state.name).to.equal('sending'));
      expect([shown(element), spoken(element)]).not.to.include(sentence);
      timers.goOff();
      await until(() => expect([shown(element), spoken(element)]).to.deep.equal([sentence, sentence]));
      expect(element.querySelector('[data-error]')).to.equal(null);
      gate.open();
      await until(() => expect(headingOf(element)).to.equal('Done'));
      expect([shown(element), spoken(element)]).not.to.include(sentence);
    } finally {
      timers.giveBack();
    }
  });

  it('K7: loses no code that the browser brings before it, with a stub for WebOTP', async () => {
    playBrowser();
    const { kit, element, gate } = await openSlow();
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
    gate.open();
    await until(() => expect(headingOf(element)).to.equal('Done'));
  });
});
