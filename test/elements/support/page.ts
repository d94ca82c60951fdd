import axe from 'axe-core';
import { executeServerCommand, sendKeys } from '@web/test-runner-commands';
import { CountersignBackupCodes } from '@countersign/elements/backup-codes/backup-codes';
import { CountersignCodeField } from '@countersign/elements/code-field/code-field';
import { CountersignCountdown } from '@countersign/elements/countdown/countdown';
import { CountersignPhoneField } from '@countersign/elements/phone-field/phone-field';
import { CountersignTextField } from '@countersign/elements/text-field/text-field';
import { render, type TemplateResult } from 'lit';

const tags = {
  'countersign-backup-codes': CountersignBackupCodes,
  'countersign-code-field': CountersignCodeField,
  'countersign-countdown': CountersignCountdown,
  'countersign-phone-field': CountersignPhoneField,
  'countersign-text-field': CountersignTextField,
};
for (const [tag, element] of Object.entries(tags)) {
  if (!customElements.get(tag)) customElements.define(tag, element);
}

let container: HTMLElement | undefined;

/** Shows a page and waits until its fields are drawn. */
export const show = async (page: TemplateResult): Promise<HTMLElement> => {
  hide();
  container = document.createElement('main');
  document.body.append(container);
  render(page, container);
  await drawn();
  return container;
};

export const hide = (): void => container?.remove();

/** The one element that a selector finds. */
export const find = <E extends Element = HTMLElement>(selector: string, within: ParentNode = document): E => {
  const element = within.querySelector<E>(selector);
  if (!element) throw new Error(`Nothing matches ${selector}`);
  return element;
};

/** All fields have rendered what they know. */
export const drawn = async (): Promise<void> => {
  const elements = [...document.querySelectorAll(Object.keys(tags).join())] as CountersignCodeField[];
  for (const element of elements) await element.updateComplete;
  await new Promise((resolve) => requestAnimationFrame(resolve));
  for (const element of elements) await element.updateComplete;
};

/** Waits for something that happens by itself, such as a late import. */
export const until = async (isTrue: () => unknown): Promise<void> => {
  const deadline = performance.now() + 5000;
  while (!isTrue()) {
    if (performance.now() > deadline) throw new Error(`Never came true: ${String(isTrue)}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
};

export const type = (text: string): Promise<void> => sendKeys({ type: text });

/** Presses keys one after the other: `press('Home', 'Control+KeyA')`. */
export const press = async (...keys: string[]): Promise<void> => {
  await executeServerCommand('press-keys', keys);
};

/** Undoes by its key, or by a command where WebKit's test browser has no key for it. */
export const undo = async (): Promise<void> => {
  await press('Control+KeyZ');
  if (!navigator.userAgent.includes('Chrome') && navigator.userAgent.includes('AppleWebKit'))
    document.execCommand('undo');
};

/** Copies a text elsewhere on the page, and pastes it where the focus was. */
export const paste = async (text: string): Promise<void> => {
  const target = document.activeElement as HTMLInputElement;
  const { selectionStart, selectionEnd } = target;
  const source = document.createElement('textarea');
  source.value = text;
  document.body.append(source);
  source.select();
  await press('Control+KeyC');
  source.remove();
  target.focus();
  target.setSelectionRange(selectionStart, selectionEnd);
  await press('Control+KeyV');
};

/** A tree and those in the shadows of its elements. */
const rootsIn = (root: Document | ShadowRoot): (Document | ShadowRoot)[] => {
  const shadows = [...root.querySelectorAll('*')].flatMap(({ shadowRoot }) => shadowRoot ?? []);
  return [root, ...shadows.flatMap(rootsIn)];
};

/** Ends what is moving, which has other colours on its way; a blinking caret goes on. */
const settle = (): void => {
  for (const animation of rootsIn(document).flatMap((root) => root.getAnimations())) {
    if (animation.effect?.getComputedTiming().endTime !== Infinity) animation.finish();
  }
};

/** What axe finds wrong with what is shown; empty when all is well. */
export const barriers = async (): Promise<string[]> => {
  settle();
  const { violations } = await axe.run(document.body, { resultTypes: ['violations'] });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${String(target)} ${failureSummary}`),
  );
};
