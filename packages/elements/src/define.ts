import { CountersignCodeField } from './code-field/code-field.ts';
import { CountersignCountdown } from './countdown/countdown.ts';
import type { CountersignFlowElement } from './flow-element/flow-element.ts';
import { CountersignPhoneField } from './phone-field/phone-field.ts';
import type { FactorView } from './view.ts';

const register = (tag: string, element: CustomElementConstructor): void => {
  // Two bundles on one page both carry the elements; the first one wins.
  if (!customElements.get(tag)) customElements.define(tag, element);
};

/** Defines the fields, which can be used alone. Does nothing outside browsers. */
export const defineFields = (): void => {
  if (typeof customElements === 'undefined') return;
  register('countersign-code-field', CountersignCodeField);
  register('countersign-countdown', CountersignCountdown);
  register('countersign-phone-field', CountersignPhoneField);
};

/** Defines the fields, and the flow elements given by tag; these show the factors given, and no others. */
export const define = (
  elements: Readonly<Record<string, new () => CountersignFlowElement>>,
  views: readonly FactorView[],
): void => {
  if (typeof customElements === 'undefined') return;
  defineFields();
  for (const [tag, Element] of Object.entries(elements)) {
    register(
      tag,
      class extends Element {
        override readonly views = views;
      },
    );
  }
};
