import { codeAt, stepAt } from '@countersign/factors/totp/server-code';
import { userEvent, waitFor, within } from 'storybook/test';
import type { Scene } from './scene.ts';

/** A person in front of a scene, who types and clicks. */
export const personAt = ({ kit, element }: Scene) => {
  const page = within(element);
  return {
    element,
    /** Waits until the element asks for this. */
    async sees(heading: string) {
      await waitFor(() => {
        const shown = element.shadowRoot?.querySelector('h2')?.textContent;
        if (shown !== heading) throw new Error(`it shows "${shown}" instead of "${heading}"`);
      });
    },
    /** Waits until it says this; for a second, unless it is known to take longer. */
    async reads(text: RegExp, timeout = 1000) {
      await page.findByText(text, {}, { timeout });
    },
    /** Waits until the line below the heading says this. */
    async readsLead(text: RegExp) {
      await waitFor(() => {
        const shown = element.shadowRoot?.querySelector('[part=lead]')?.textContent ?? '';
        if (!text.test(shown)) throw new Error(`it says "${shown}"`);
      });
    },
    /** Waits until the element says that something is on its way. */
    async isBusy() {
      await waitFor(() => {
        if (!element.shadowRoot?.querySelector('[aria-busy=true]')) throw new Error('it is not busy');
      });
    },
    async types(label: string, text: string) {
      const field = await page.findByLabelText(label);
      // What types here remembers what it typed, and does not notice that a form was reset since.
      if (field instanceof HTMLInputElement && field.value === '') field.value = '';
      await userEvent.type(field, text);
    },
    async clicks(name: string) {
      await userEvent.click(await page.findByRole('button', { name }));
    },
    async finds(name: string) {
      await page.findByRole('button', { name });
    },
    /** Clicks what discloses more. */
    async opens(text: string) {
      await userEvent.click(await page.findByText(text));
    },
    /** Clicks what stands in a list of factors, which draws its buttons in a shadow root. */
    async chooses(name: string) {
      await waitFor(async () => {
        const list = element.querySelector('countersign-factor-list')?.shadowRoot;
        const choice = [...(list?.querySelectorAll('button') ?? [])].find(({ textContent }) =>
          textContent?.includes(name),
        );
        if (!choice) throw new Error(`the list has no "${name}"`);
        await userEvent.click(choice);
      });
    },
    async ticks(label: string) {
      await userEvent.click(await page.findByLabelText(label));
    },
    /** The code that the newest message carries. */
    code: () => kit.inbox.code(),
    /** A code that is certainly not that one. */
    wrongCode: () => (kit.inbox.code() === '000000' ? '111111' : '000000'),
    /** The code that an app shows which was given the key on the screen, or shows some steps from now. */
    appCode(off = 0) {
      const key = element.querySelector('.countersign-key')?.textContent ?? '';
      return codeAt(key.replaceAll(' ', ''), stepAt(kit.clock.now()) + off);
    },
    /** The provider reports that the newest message did not arrive, and the page looks. */
    async misses() {
      await kit.report('failed');
      element.client?.refresh();
    },
    /** Turns the clock, and lets the page see it. */
    waits(seconds: number) {
      kit.clock.advance(seconds * 1000);
      element.requestUpdate();
      document.dispatchEvent(new Event('visibilitychange'));
    },
  };
};

/** What {@link personAt} gives. */
export type Person = ReturnType<typeof personAt>;
