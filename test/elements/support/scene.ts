import 'countersign';
import type { CountersignFlowElement } from '@countersign/elements';
import type { BeginOptions } from '@countersign/server';
import { createTestKit, type TestKit } from '@countersign/server/testing';

/** A flow element on a real backend in this page. */
export interface Scene {
  kit: TestKit;
  element: CountersignFlowElement;
  /** What the element told the page when it was done. */
  proofs: string[];
}

/** Resolves when the page shows what is looked for; fails with the last complaint after two seconds. */
export const until = async (look: () => void): Promise<void> => {
  const end = performance.now() + 2000;
  for (;;) {
    try {
      return look();
    } catch (error) {
      if (performance.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
};

/** Makes an element, ready to be put into the page. */
export const makeElement = async (
  kit: TestKit,
  begin: Partial<BeginOptions> = {},
  tag: 'countersign-verify' | 'countersign-setup' = 'countersign-verify',
): Promise<CountersignFlowElement> => {
  const element = document.createElement(tag);
  element.base = kit.base;
  element.flowToken = (await kit.begin(begin)).token;
  element.options = { fetch: kit.browser(), storage: null, channel: null, now: kit.clock.now, sleep: async () => {} };
  return element;
};

/** Puts an element into the page and waits for its first step. */
export const openScene = async (before?: (kit: TestKit) => Promise<unknown>): Promise<Scene> => {
  const kit = await createTestKit();
  await before?.(kit);
  const element = await makeElement(kit);
  const proofs: string[] = [];
  element.addEventListener('countersign-complete', ({ proof }) => proofs.push(proof));
  document.body.replaceChildren(element);
  await until(() => {
    if (!element.querySelector('input')) throw new Error('the first step is not there');
  });
  return { kit, element, proofs };
};

/** Puts an element into the page which a person begins a flow with, without a host. */
export const openOwnScene = async (
  tag: 'countersign-sign-up' | 'countersign-sign-in' | 'countersign-reset-password' | 'countersign-recover',
  kit: TestKit,
): Promise<CountersignFlowElement> => {
  const element = document.createElement(tag);
  element.base = kit.base;
  element.options = { fetch: kit.browser(), storage: null, channel: null, now: kit.clock.now, sleep: async () => {} };
  element.setAttribute('sign-in-url', '/sign-in');
  element.setAttribute('sign-up-url', '/sign-up');
  element.autofocus = true;
  document.body.replaceChildren(element);
  await until(() => {
    if (document.activeElement?.localName !== 'input') throw new Error('the first field has no focus');
  });
  return element;
};

/** Waits until the element asks for this, and has led the focus to where that begins. */
export const arrivesAt = (element: Element, heading: string): Promise<void> =>
  until(() => {
    if (headingOf(element) !== heading) throw new Error(`it shows "${headingOf(element)}" instead of "${heading}"`);
    const { activeElement } = document;
    if (activeElement === document.body) throw new Error(`nothing has the focus at "${heading}"`);
  });

/** What the element asks for. */
export const headingOf = (element: Element): string => element.shadowRoot?.querySelector('h2')?.textContent ?? '';
