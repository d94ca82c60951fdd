import type { Page } from '@playwright/test';

/** What a person had to do, and what moved under their eyes. */
export interface Toil {
  keys: number;
  taps: number;
  /** Layout shift that did not follow a gesture within half a second, summed (Layout Instability API). */
  shift: number;
  /** What moved by itself, and by how much. */
  moved: string[];
}

const count = (): void => {
  const toil: { keys: number; taps: number; shift: number; moved: string[] } = { keys: 0, taps: 0, shift: 0, moved: [] };
  Reflect.set(globalThis, 'toil', toil);
  addEventListener('keydown', ({ isTrusted }) => (toil.keys += Number(isTrusted)), true);
  addEventListener('pointerdown', ({ isTrusted }) => (toil.taps += Number(isTrusted)), true);
  interface Shift extends PerformanceEntry {
    value: number;
    hadRecentInput: boolean;
    sources: { node: Node | null }[];
  }
  const take = (entry: PerformanceEntry): void => {
    const { value, hadRecentInput, sources } = entry as Shift;
    if (hadRecentInput) return;
    toil.shift += value;
    toil.moved.push(`${value.toFixed(4)} ${sources.map(({ node }) => node?.nodeName ?? 'gone').join(' ')}`);
  };
  new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type: 'layout-shift', buffered: true });
};

/** Counts real gestures from the next page on; a browser that fills in a field presses no key. */
export const countToil = (page: Page): Promise<unknown> => page.addInitScript(count);

/** What was counted since the page was opened, or since the last look. */
export const toilOf = (page: Page): Promise<Toil> =>
  page.evaluate(async () => {
    await new Promise((resolve) => void requestAnimationFrame(() => void requestAnimationFrame(resolve)));
    const toil = Reflect.get(globalThis, 'toil') as Toil;
    const seen = { ...toil };
    Object.assign(toil, { keys: 0, taps: 0, shift: 0, moved: [] });
    return seen;
  });
