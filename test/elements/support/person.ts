import type { CountersignFlowElement } from '@countersign/elements';
import type { TestKit } from '@countersign/server/testing';
import { sendKeys } from '@web/test-runner-commands';
import { focused, type Told } from './announcements.ts';
import { type } from './page.ts';
import { until } from './scene.ts';

/** Where a flow is shown: the element, and the backend behind it. */
export interface Place {
  kit: TestKit;
  element: HTMLElement;
}

/** Somebody who has a keyboard and nothing else. */
export interface Person {
  /** Comes to a page that is opened like this. */
  opens<P extends Place>(open: () => Promise<P>): Promise<P>;
  /** Waits until a step asks for this, and the focus is where it begins. */
  arrives(heading: string): Promise<void>;
  /** Waits until this has the focus, by the beginning of its name. */
  finds(name: string): Promise<void>;
  /** Waits until the focus is led to this, by the beginning of its name, which is as good as a step. */
  faces(name: string): Promise<void>;
  /** Waits until a live region has said this. */
  hears(text: string): Promise<void>;
  types(text: string): Promise<void>;
  presses(...keys: string[]): Promise<void>;
  /** Presses Tab until this has the focus, by the beginning of its name. */
  goesTo(name: string): Promise<void>;
  /** Lets time pass. */
  waits(seconds: number): Promise<void>;
}

/** Who goes along with a person. */
export interface Witness {
  /** The person is about to do this. */
  act(text: string): Promise<void>;
  /** Something may have happened. */
  look(): Promise<void>;
  /** A step has come, or the focus has been led somewhere. */
  arrival(element: HTMLElement, heading: string): Promise<void>;
}

/** What an element is called, as far as these pages name their own. */
export const nameOf = (element: Element | null): string => {
  const label = element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : null;
  return (element?.ariaLabel ?? label ?? element?.textContent ?? '').replaceAll(/\s+/gu, ' ').trim();
};

/** What the flow asks for that is shown, be it in a page or in the row of an account. */
const headingIn = (element: HTMLElement): string => {
  const flow = element.querySelector<CountersignFlowElement>('countersign-account-flow') ?? element;
  return flow.shadowRoot?.querySelector('h2')?.textContent ?? '';
};

const hasFocus = (name: string): void => {
  const found = nameOf(focused());
  if (focused() === document.body) throw new Error(`nothing has the focus instead of "${name}"`);
  if (!found.startsWith(name)) throw new Error(`"${found}" has the focus instead of "${name}"`);
};

const isBusy = (element: HTMLElement): boolean =>
  [element, ...element.querySelectorAll('*')].some(({ shadowRoot }) => shadowRoot?.querySelector('[aria-busy=true]'));

/** Lets the browser draw, and whatever is told with that be told. */
const settle = async (): Promise<void> => {
  for (let frame = 0; frame < 3; frame += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
};

const turnClock = ({ kit, element }: Place, seconds: number): void => {
  kit.clock.advance(seconds * 1000);
  if ('requestUpdate' in element && element.requestUpdate instanceof Function) element.requestUpdate();
  document.dispatchEvent(new Event('visibilitychange'));
};

/** Presses a key, or several at once: `Shift+Tab`. */
export const press = async (keys: string): Promise<void> => {
  const [key = '', ...held] = keys.split('+').reverse();
  for (const each of held) await sendKeys({ down: each });
  await sendKeys({ press: key });
  for (const each of held) await sendKeys({ up: each });
};

/** A person, with a witness; `told` is what they have been told so far. */
export const createPerson = (witness: Witness, told: readonly Told[]): Person => {
  let place: Place;
  const hears = (text: string): Promise<void> =>
    until(() => {
      const said = told.flatMap((one) => (one.what === 'said' ? one.text : []));
      if (!said.includes(text)) throw new Error(`never said: ${text}; only: ${said.join(' | ')}`);
    });
  const comes = async (isThere: () => void, heading: string): Promise<void> => {
    await until(isThere);
    await settle();
    await witness.arrival(place.element, heading);
  };
  return {
    async opens(open) {
      const opened = await open();
      place = opened;
      return opened;
    },
    arrives: (heading) =>
      comes(() => {
        const shown = headingIn(place.element);
        if (shown !== heading) throw new Error(`"${shown}" instead of "${heading}"`);
        if (isBusy(place.element)) throw new Error(`"${heading}" is still to be answered`);
        hasFocus('');
      }, heading),
    async finds(name) {
      await until(() => hasFocus(name));
      await settle();
      await witness.look();
    },
    faces: (name) => comes(() => hasFocus(name), ''),
    async hears(text) {
      await hears(text);
      await settle();
      await witness.look();
    },
    async types(text) {
      await witness.act(`types ${text}`);
      await type(text);
    },
    async presses(...keys) {
      for (const key of keys) {
        await witness.act(`presses ${key}`);
        await press(key);
      }
    },
    async goesTo(name) {
      for (let presses = 0; presses < 30 && !nameOf(focused()).startsWith(name); presses += 1) {
        await witness.act('presses Tab');
        await press('Tab');
        await witness.look();
      }
      hasFocus(name);
    },
    async waits(seconds) {
      await witness.act(`waits ${seconds} s`);
      turnClock(place, seconds);
      await settle();
      await witness.look();
    },
  };
};
