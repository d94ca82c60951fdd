import { type CDPSession, expect, type Page, test } from '@playwright/test';
import { openStrictPage, openWatched, seenByMistake, type StrictPage } from '../support/strict/strict-page.ts';

/*
 * Frameworks put elements in, move them and take them out all day. Whatever an element has begun by then, it leaves
 * nothing behind: no timer, request, channel or listener, and no memory.
 */

const times = 1000;
const megabyte = 1_000_000;

test.describe.configure({ timeout: 120_000 });

let strict: StrictPage;

test.beforeAll(async () => {
  strict = await openStrictPage({
    settings: {
      signUp: { identifiers: ['email'] },
      resetPassword: { identifiers: ['email'] },
      factors: ['sms', 'totp'],
    },
  });
});
test.afterAll(() => strict.close());

/** Counts what is under way and ends by itself, or by being ended. */
const countRunning = (): void => {
  const running = { timers: new Set<unknown>(), requests: 0, channels: 0 };
  const { setTimeout: later, clearTimeout: never, fetch: ask, BroadcastChannel: Channel } = globalThis;
  Reflect.set(globalThis, 'setTimeout', (act: () => void, wait?: number) => {
    const timer = later(() => {
      running.timers.delete(timer);
      act();
    }, wait);
    running.timers.add(timer);
    return timer;
  });
  Reflect.set(globalThis, 'clearTimeout', (timer: number) => {
    running.timers.delete(timer);
    never(timer);
  });
  Reflect.set(globalThis, 'fetch', (...request: Parameters<typeof fetch>) => {
    running.requests += 1;
    return ask(...request).finally(() => (running.requests -= 1));
  });
  const Counted = class extends Channel {
    constructor(name: string) {
      super(name);
      running.channels += 1;
    }
    override close(): void {
      running.channels -= 1;
      super.close();
    }
  };
  Reflect.set(globalThis, 'BroadcastChannel', Counted);
  Reflect.set(globalThis, 'underWay', () => [running.timers.size, running.requests, running.channels]);
};

/** Puts elements in, moves them, and takes them out: at once, a moment later, or when they show something. */
const putInAndOut = (page: Page, tag: string, rounds: number): Promise<void> =>
  page.evaluate(
    async ({ tag, rounds }) => {
      const [here, there] = [document.createElement('div'), document.createElement('div')];
      document.body.append(here, there);
      const isThere = ({ shadowRoot }: Element): boolean => !/One moment/u.test(shadowRoot?.textContent ?? '');
      const rest = (): Promise<unknown> => new Promise((resolve) => void requestAnimationFrame(resolve));
      for (let round = 0; round < rounds; round += 1) {
        const element = document.createElement(tag);
        if (/verify|setup/u.test(tag)) element.setAttribute('begin-url', '/begin');
        Reflect.set(element, 'until', performance.now() + 60_000);
        Reflect.set(element, 'value', '123');
        here.append(element);
        if (round % 8 === 0) await Promise.resolve();
        there.append(element);
        if (round % 40 === 0) while (!isThere(element)) await rest();
        element.remove();
      }
      here.remove();
      there.remove();
    },
    { tag, rounds },
  );

const measure = async (session: CDPSession): Promise<Record<string, number>> => {
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
};

const flows = ['sign-up', 'sign-in', 'reset-password', 'recover', 'verify', 'setup', 'account'];
const fields = ['code-field', 'phone-field', 'text-field', 'backup-codes', 'factor-list', 'qr-code', 'countdown'];

for (const tag of [...flows, ...fields].map((name) => `countersign-${name}`)) {
  test(`L8: ${tag} leaves nothing behind, put in, moved and taken out ${times} times`, async ({ page }) => {
    await page.addInitScript(countRunning);
    await openWatched(page, strict.url);
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
    await putInAndOut(page, tag, 100);
    const underWay = (): Promise<unknown> =>
      page.evaluate((): unknown => (Reflect.get(globalThis, 'underWay') as () => unknown)());
    await expect.poll(underWay).toEqual([0, 0, 0]);
    const before = await measure(session);
    await putInAndOut(page, tag, times);
    await expect.poll(underWay).toEqual([0, 0, 0]);
    const after = await measure(session);
    const grown = (name: string): number => (after[name] ?? NaN) - (before[name] ?? NaN);
    expect(grown('JSEventListeners')).toBeLessThanOrEqual(0);
    expect(grown('Nodes')).toBeLessThan(20);
    expect(grown('JSHeapUsedSize')).toBeLessThan(megabyte);
    expect(await seenByMistake(page)).toEqual([]);
  });
}
