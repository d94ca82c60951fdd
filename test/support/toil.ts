import type { Page } from '@playwright/test';

/** What a person had to do, and what moved under their eyes. */
export interface Toil {
  keys: number;
  taps: number;
  /** What moved in an element while its step stayed the same (Layout Instability API), and by how much. */
  moved: string[];
}

const count = (): void => {
  const toil: { keys: number; taps: number; moved: string[] } = { keys: 0, taps: 0, moved: [] };
  Reflect.set(globalThis, 'toil', toil);
  addEventListener('keydown', ({ isTrusted }) => (toil.keys += Number(isTrusted)), true);
  addEventListener('pointerdown', ({ isTrusted }) => (toil.taps += Number(isTrusted)), true);
  const frames: { at: number; headings: string }[] = [];
  const headings = (): string =>
    [...document.querySelectorAll('*')].map(({ shadowRoot }) => shadowRoot?.querySelector('h2')?.textContent).join('');
  const note = (at: number): void => {
    frames.push({ at, headings: headings() });
    requestAnimationFrame(note);
  };
  requestAnimationFrame(note);
  interface Shift extends PerformanceEntry {
    value: number;
    sources: { node: Node | null }[];
  }
  const isOurs = ({ node }: Shift['sources'][number]): boolean => {
    // What stands in a shadow root is not named, and only elements have one.
    if (!node) return true;
    for (let each: Node | null = node; each; each = each.parentNode) {
      if (each.nodeName.startsWith('COUNTERSIGN-')) return true;
    }
    return false;
  };
  /** Another step came with that frame: what stood there is gone, and nothing of it is looked for. */
  const isTurn = ({ startTime }: Shift): boolean => {
    const [before, now] = frames.filter(({ at }) => at <= startTime).slice(-2);
    return before?.headings !== now?.headings;
  };
  const most = 5;
  const take = (shift: Shift): void => {
    const { value, sources } = shift;
    const isNamedInFull = sources.length < most;
    if (isTurn(shift) || (isNamedInFull && !sources.some(isOurs))) return;
    toil.moved.push(
      `${value.toFixed(4)} ${sources.map(({ node }) => node?.nodeName ?? 'in a shadow root').join(', ')}`,
    );
  };
  new PerformanceObserver((list) => (list.getEntries() as Shift[]).forEach(take)).observe({
    type: 'layout-shift',
    buffered: true,
  });
};

/** Counts real gestures and what moves, from the next page on; a browser that fills in a field presses no key. */
export const countToil = (page: Page): Promise<unknown> => page.addInitScript(count);

/** What was counted since the page was opened, or since the last look. */
export const toilOf = (page: Page): Promise<Toil> =>
  page.evaluate(async () => {
    // What moved with the last frame is told of after it.
    await new Promise((resolve) => void requestAnimationFrame(() => void requestAnimationFrame(resolve)));
    const toil = Reflect.get(globalThis, 'toil') as Toil;
    const seen = { ...toil };
    Object.assign(toil, { keys: 0, taps: 0, moved: [] });
    return seen;
  });
