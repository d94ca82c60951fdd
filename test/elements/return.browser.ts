import { sendKeys } from '@web/test-runner-commands';
import { expect } from 'chai';
import { headingOf, makeElement, openScene, until } from './support/scene.ts';
import { createTestKit, drive, type TestKit } from '@countersign/server/testing';

const bound = (kit: TestKit) => drive(kit).bind();
const input = (element: Element) => element.querySelector<HTMLInputElement>('input');

describe('who comes back', () => {
  for (const type of ['pageshow', 'visibilitychange', 'online']) {
    it(`L6: sees what has become of the flow meanwhile (${type})`, async () => {
      const kit = await createTestKit();
      await bound(kit);
      const element = await makeElement(kit);
      const calls: string[] = [];
      const browser = kit.browser();
      element.options = {
        ...element.options,
        fetch: (request, init) => {
          const made = new Request(request, init);
          calls.push(`${made.method} ${new URL(made.url).pathname}`);
          return browser(made);
        },
      };
      document.body.replaceChildren(element);
      await until(() => expect(headingOf(element)).to.equal('Enter the code'));
      calls.length = 0;
      dispatchEvent(new Event(type));
      await until(() => expect(calls).to.deep.equal(['GET /api/v1/flows/current']));
      await until(() => expect(element.client?.state.name).to.equal('ready'));
    });
  }

  it('L6: keeps what is being typed, and the refusal that stands', async () => {
    const { kit, element } = await openScene(bound);
    input(element)?.focus();
    await sendKeys({ type: kit.inbox.code() === '000000' ? '111111' : '000000' });
    await until(() => expect(element.textContent).to.contain('4 tries left.'));
    await sendKeys({ type: '12' });
    dispatchEvent(new Event('pageshow'));
    await until(() => expect(element.client?.state.name).to.equal('ready'));
    expect([input(element)?.value, element.textContent?.includes('4 tries left.')]).to.deep.equal(['12', true]);
  });

  it('L7: goes on by itself once the connection is back, and what was typed is sent once', async () => {
    const { kit, element } = await openScene(bound);
    const browser = kit.browser();
    let isOffline = true;
    const again = await makeElement(kit);
    again.options = {
      ...again.options,
      fetch: async (request, init) => {
        if (isOffline) throw new TypeError('Failed to fetch');
        return browser(request, init);
      },
    };
    element.replaceWith(again);
    await until(() => expect(headingOf(again)).to.equal('No connection'));
    isOffline = false;
    dispatchEvent(new Event('online'));
    await until(() => expect(headingOf(again)).to.equal('Enter the code'));
  });

  it('K4: finds no code in the field of a page that was left', async () => {
    const { element } = await openScene(bound);
    input(element)?.focus();
    await sendKeys({ type: '123' });
    dispatchEvent(new Event('pagehide'));
    expect(input(element)?.value).to.equal('');
  });

  it('K4: leaves no code in an element that was taken out of the page', async () => {
    const { element } = await openScene(bound);
    const code = input(element);
    code?.focus();
    await sendKeys({ type: '123' });
    element.remove();
    await until(() => expect(code?.value).to.equal(''));
  });
});
