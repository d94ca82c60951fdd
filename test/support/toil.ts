import type { Page } from '@playwright/test';

/** What a person had to do. */
export interface Toil {
  keys: number;
  taps: number;
}

const count = (): void => {
  const toil: { keys: number; taps: number } = { keys: 0, taps: 0 };
  Reflect.set(globalThis, 'toil', toil);
  addEventListener('keydown', ({ isTrusted }) => (toil.keys += Number(isTrusted)), true);
  addEventListener('pointerdown', ({ isTrusted }) => (toil.taps += Number(isTrusted)), true);
};

/** Counts real gestures from the next page on; a browser that fills in a field presses no key. */
export const countToil = (page: Page): Promise<unknown> => page.addInitScript(count);

/** What was counted since the page was opened, or since the last look. */
export const toilOf = (page: Page): Promise<Toil> =>
  page.evaluate(() => {
    const toil = Reflect.get(globalThis, 'toil') as Toil;
    const seen = { ...toil };
    Object.assign(toil, { keys: 0, taps: 0 });
    return seen;
  });
