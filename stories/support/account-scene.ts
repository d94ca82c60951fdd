import 'countersign';
import {
  drive,
  createTestKit,
  type PersonOptions,
  type TestKit,
  type TestKitOptions,
} from '@countersign/server/testing';
import type { StoryObj } from '@storybook/web-components-vite';
import { userEvent, waitFor } from 'storybook/test';
import { accounts } from './account.ts';

type Account = HTMLElementTagNameMap['countersign-account'];

/** An account element on a real backend in this page. */
interface AccountScene {
  kit: TestKit;
  element: Account;
}

/** How a scene differs from "Ada, who holds a phone and backup codes, and must". */
export interface AccountSceneOptions {
  settings?: NonNullable<TestKitOptions['settings']>;
  person?: PersonOptions;
  /** What happened since Ada signed up: `browser` is the one that she is signed in with. */
  before?: (kit: TestKit, browser: typeof fetch) => Promise<unknown>;
}

/** Ada adds one more phone in the browser given. */
export const addsPhone = async (kit: TestKit, browser: typeof fetch, phone: string): Promise<void> => {
  const visitor = kit.visitor(browser);
  await visitor.begin({ kind: 'setup', factor: 'sms' });
  await visitor.act({ type: 'submit-code', code: kit.inbox.code() });
  await visitor.act({ type: 'submit-phone', phone });
  await visitor.act({ type: 'submit-code', code: kit.inbox.code(phone) });
  kit.clock.advance(61_000);
};

/** Ada signs in elsewhere, and lets that browser be trusted. */
export const trustsBrowser = async (kit: TestKit): Promise<void> => {
  const visitor = kit.visitor();
  await visitor.begin('sign-in');
  await visitor.act({
    type: 'identify',
    identifier: { type: 'email', value: 'ada@example.com' },
    password: 'correct horse 9 battery',
  });
  await visitor.act({ type: 'submit-code', code: kit.inbox.code(), trust: true });
  kit.clock.advance(61_000);
};

const createScene = async ({ settings, person, before }: AccountSceneOptions): Promise<AccountScene> => {
  const kit = await createTestKit(accounts({ trustedDevices: { days: 30 }, ...settings }));
  const visitor = await drive(kit).signUp(person);
  if (visitor.flow.step.name === 'turn-on') await visitor.act({ type: 'skip' });
  kit.clock.advance(61_000);
  await before?.(kit, visitor.fetch);
  const element = document.createElement('countersign-account');
  element.base = kit.base;
  element.options = { fetch: visitor.fetch, now: kit.clock.now, sleep: async () => {} };
  return { kit, element };
};

/** A person in front of an account. */
const ownerOf = ({ kit, element }: AccountScene) => {
  const inTask = <E extends Element>(selector: string): E => {
    const found = element.querySelector<E>(selector);
    if (!found) throw new Error(`the task has no ${selector}`);
    return found;
  };
  return {
    element,
    code: () => kit.inbox.code(),
    /** A code that is certainly not that one. */
    wrongCode: () => (kit.inbox.code() === '000000' ? '111111' : '000000'),
    /** Presses the button of this name in the lists. */
    async presses(name: string) {
      await waitFor(async () => {
        const buttons = [...(element.shadowRoot?.querySelectorAll('button') ?? [])];
        const button = buttons.find((one) => (one.ariaLabel ?? one.textContent?.trim()) === name);
        if (!button) throw new Error(`there is no "${name}"`);
        await userEvent.click(button);
      });
    },
    async reads(text: RegExp) {
      await waitFor(() => {
        const task = element.querySelector('countersign-account-flow')?.shadowRoot?.textContent ?? '';
        const all = `${element.shadowRoot?.textContent ?? ''} ${element.textContent ?? ''} ${task}`;
        if (!text.test(all.replaceAll(/\s+/gu, ' '))) throw new Error(`it does not say ${String(text)}: ${all}`);
      });
    },
    /** Types into the field of the task. */
    async types(text: string) {
      await waitFor(() => inTask('input'));
      await userEvent.type(inTask('input'), text);
    },
    /** Presses the task's primary button. */
    async confirms() {
      await userEvent.click(inTask('.countersign-primary'));
    },
  };
};

/** What {@link accountStory} gives to who plays it. */
export type Owner = ReturnType<typeof ownerOf>;

const isScene = (value: unknown): value is AccountScene =>
  typeof value === 'object' && value !== null && 'element' in value;

const sceneOf = (loaded: Record<string, unknown>): AccountScene => {
  if (!isScene(loaded['scene'])) throw new Error('the story has no scene');
  return loaded['scene'];
};

/** A story of an account: what had happened, and what its owner does. */
export const accountStory = (options: AccountSceneOptions, play: (owner: Owner) => Promise<void>): StoryObj => ({
  loaders: [async () => ({ scene: await createScene(options) })],
  render: (_args, { loaded }) => sceneOf(loaded).element,
  play: async ({ loaded }) => play(ownerOf(sceneOf(loaded))),
});
