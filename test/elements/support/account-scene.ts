import 'countersign';
import type { AccountChangeEvent } from 'countersign';
import {
  createTestKit,
  drive,
  type PersonOptions,
  type TestKit,
  type TestKitOptions,
} from '@countersign/server/testing';
import { until } from './scene.ts';

/** An account on a real backend in this page, of somebody who is signed in. */
export interface AccountScene {
  kit: TestKit;
  element: HTMLElementTagNameMap['countersign-account'];
  /** What the element told the page. */
  changes: AccountChangeEvent[];
}

/** Settings with everything that an account may show. */
export const everything: NonNullable<TestKitOptions['settings']> = {
  signUp: { identifiers: ['email'] },
  factors: ['sms', 'backup-codes'],
  policy: { mode: 'mandatory' },
  trustedDevices: { days: 30 },
};

/** How a scene differs from "Ada, who has signed up and holds a phone and backup codes". */
export interface AccountSceneOptions {
  settings?: NonNullable<TestKitOptions['settings']>;
  person?: PersonOptions;
  /** What happened since. */
  before?: (kit: TestKit, fetcher: typeof fetch) => Promise<unknown>;
}

export const openAccount = async (options: AccountSceneOptions = {}): Promise<AccountScene> => {
  const kit = await createTestKit({ settings: { ...everything, ...options.settings } });
  const visitor = await drive(kit).signUp(options.person);
  if (options.person?.until === 'turn-on') await visitor.act({ type: 'skip' });
  kit.clock.advance(61_000);
  await options.before?.(kit, visitor.fetch);
  const element = document.createElement('countersign-account');
  element.base = kit.base;
  element.options = { fetch: visitor.fetch, now: kit.clock.now, sleep: async () => {} };
  const changes: AccountChangeEvent[] = [];
  element.addEventListener('countersign-account-change', (event) => changes.push(event));
  document.body.replaceChildren(element);
  await until(() => {
    if (!element.shadowRoot?.querySelector('[data-key]')) throw new Error('the account is not there');
  });
  return { kit, element, changes };
};

/** The button of this accessible name, in the lists. */
export const buttonOf = (element: Element, name: string): HTMLButtonElement => {
  const buttons = [...(element.shadowRoot?.querySelectorAll('button') ?? [])];
  const named = (button: HTMLButtonElement): string =>
    button.getAttribute('aria-label') ?? button.textContent?.trim() ?? '';
  const found = buttons.find((button) => named(button) === name);
  if (!found) throw new Error(`there is no "${name}", only ${buttons.map(named).join(' | ')}`);
  return found;
};

/** The heading of the flow that is under way. */
export const stepOf = (element: Element): string =>
  element.querySelector('countersign-account-flow')?.shadowRoot?.querySelector('h2')?.textContent ?? '';

/** What is announced of the last change. */
export const outcomeOf = (element: Element): string =>
  element.shadowRoot?.querySelector('[role=status]')?.textContent ?? '';
