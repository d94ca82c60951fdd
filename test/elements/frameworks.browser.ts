import { drive, createTestKit } from '@countersign/server/testing';
import { sendKeys } from '@web/test-runner-commands';
import { expect } from 'chai';
import { createElement as react, act } from 'react';
import { createRoot } from 'react-dom/client';
import { createApp, h, nextTick, ref } from 'vue';
import { headingOf, makeElement, until } from './support/scene.ts';
import type { CountersignFlowElement } from '@countersign/elements';

const kitWithPhone = async () => {
  const kit = await createTestKit();
  await drive(kit).bind();
  return kit;
};

/** What a framework is told to set on the element. */
const propertiesOf = ({ base, flowToken, options }: CountersignFlowElement) => ({ base, flowToken, options });

const stage = (): HTMLElement => {
  const root = document.createElement('div');
  document.body.replaceChildren(root);
  return root;
};

const firstInput = async (root: HTMLElement): Promise<HTMLInputElement> => {
  await until(() => expect(root.querySelector('input')).not.to.equal(null));
  const input = root.querySelector('input');
  if (!input) throw new Error('no input');
  return input;
};

const element = (root: HTMLElement): Element => {
  const found = root.querySelector('countersign-verify');
  if (!found) throw new Error('no element');
  return found;
};

describe('in a parent that renders again', () => {
  it('React keeps the form, what was typed in it and the focus', async () => {
    Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
    const kit = await kitWithPhone();
    const properties = propertiesOf(await makeElement(kit));
    const host = stage();
    const root = createRoot(host);
    const draw = (count: number) =>
      act(async () =>
        root.render(
          react('section', { 'data-count': count }, react('countersign-verify', properties), `count ${count}`),
        ),
      );
    await draw(1);
    const input = await firstInput(host);
    input.focus();
    await sendKeys({ type: '12' });
    for (const count of [2, 3, 4]) await draw(count);
    expect(host.textContent).to.contain('count 4');
    expect(host.querySelector('input')).to.equal(input);
    expect([input.value, document.activeElement]).to.deep.equal(['12', input]);
    await sendKeys({ press: 'Backspace' });
    await sendKeys({ press: 'Backspace' });
    await sendKeys({ type: kit.inbox.code() });
    await until(() => expect(headingOf(element(host))).to.equal('Done'));
    await act(async () => root.unmount());
  });

  it('Vue keeps the form, what was typed in it and the focus', async () => {
    const kit = await kitWithPhone();
    const properties = propertiesOf(await makeElement(kit));
    const count = ref(1);
    const host = stage();
    const app = createApp({
      render: () =>
        h('section', [
          h('countersign-verify', { ...properties, title: `count ${count.value}` }),
          `count ${count.value}`,
        ]),
    });
    app.mount(host);
    const input = await firstInput(host);
    input.focus();
    await sendKeys({ type: '12' });
    for (let times = 0; times < 3; times += 1) {
      count.value += 1;
      await nextTick();
    }
    expect(host.textContent).to.contain('count 4');
    expect(host.querySelector('input')).to.equal(input);
    expect([input.value, document.activeElement]).to.deep.equal(['12', input]);
    await sendKeys({ press: 'Backspace' });
    await sendKeys({ press: 'Backspace' });
    await sendKeys({ type: kit.inbox.code() });
    await until(() => expect(headingOf(element(host))).to.equal('Done'));
    app.unmount();
  });

  it('a parent that wipes the children gets the same form back, with what was typed', async () => {
    const kit = await kitWithPhone();
    const flow = await makeElement(kit);
    const host = stage();
    host.append(flow);
    const input = await firstInput(host);
    input.focus();
    await sendKeys({ type: '123' });
    flow.textContent = '';
    await until(() => expect(flow.querySelector('input')).to.equal(input));
    expect(input.value).to.equal('123');
  });
});
