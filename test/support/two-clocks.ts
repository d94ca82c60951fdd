import type { Flow } from '@countersign/core/flow';
import { toFetchHandler } from '@countersign/server';
import { createTestKit, drive, type TestKit, type TestKitOptions } from '@countersign/server/testing';
import { expect, type Page, test as base } from '@playwright/test';
import { freePort } from './free-port.ts';
import { servePage } from './serve-page.ts';

/** A page that counts down to what its server will allow; both have a clock that runs, and that can be turned. */
export interface TwoClocks {
  /** Opens the page on a device whose clock is off by so many milliseconds. */
  open(off?: number): Promise<void>;
  /** Time passes: at the server, and at the device as `how` says. */
  pass(milliseconds: number, how: (clock: Page['clock'], milliseconds: number) => Promise<void>): Promise<void>;
  /** What the page shows, or one that is opened beside it, is not off by more than a second. */
  isRight(shown?: Page): Promise<void>;
  /** The time at the server. */
  now(): number;
}

const html = `<!doctype html>
<title>Acme</title>
<countersign-verify begin-url="/begin"></countersign-verify>
<script type="module" src="/countersign.min.js"></script>`;

/** Gives the kit's clock, which stands still, the time that passes; tells what time it is. */
const run = ({ clock }: TestKit): (() => number) => {
  let last = performance.now();
  return () => {
    const passed = Math.floor(performance.now() - last);
    last += passed;
    clock.advance(passed);
    return clock.now();
  };
};

/** When the step lets the person go on. */
const endOf = ({ step }: Flow): number =>
  Date.parse(step.name === 'blocked' ? String(step.retryAt) : 'resendAt' in step ? String(step.resendAt) : '');

/** Seconds that the page says are left; none where it offers what was waited for. */
const secondsOn = async (page: Page): Promise<number> => {
  const countdown = page.locator('countersign-countdown');
  const [time] =
    (await countdown.getByRole('timer').or(countdown.getByRole('button')).innerText()).match(/[\d:]+/u) ?? [];
  return (time?.split(':') ?? []).reduce((sum, part) => sum * 60 + Number(part), 0);
};

/** Tests with such a page; `kit` says when it is opened, and what the server allows. */
export const test = base.extend<{ kit: TestKitOptions; clocks: TwoClocks }>({
  kit: {},
  clocks: async ({ page, kit: options }, use) => {
    const port = await freePort();
    const origin = `http://localhost:${port}`;
    const kit = await createTestKit({ ...options, origins: [origin] });
    await drive(kit).bind();
    kit.clock.advance(61_000);
    const now = run(kit);
    const api = toFetchHandler(kit.backend);
    const server = await servePage({
      port,
      html,
      async rest(request, connection) {
        now();
        if (request.url.endsWith('/begin')) return Response.json({ token: (await kit.begin()).token });
        return api(request, connection);
      },
    });
    let end = 0;
    page.on('response', async (response) => {
      if (!response.url().includes('/flows')) return;
      const { flow } = (await response.json()) as { flow?: Flow };
      if (flow) end = endOf(flow);
    });
    const left = (): number => Math.max(0, Math.ceil((end - now()) / 1000));
    await use({
      now,
      async open(off = 0) {
        await page.clock.install({ time: now() + off });
        await page.goto(origin);
        await expect(page.getByRole('timer')).toBeVisible();
      },
      async pass(milliseconds, how) {
        kit.clock.advance(milliseconds);
        await how(page.clock, milliseconds);
      },
      async isRight(shown = page) {
        const before = left();
        const seconds = await secondsOn(shown);
        expect(seconds).toBeLessThanOrEqual(before + 1);
        expect(seconds).toBeGreaterThanOrEqual(left() - 1);
      },
    });
    await server.close();
  },
});
