import { expect, type Page } from '@playwright/test';
import { test, type TwoClocks } from '../support/two-clocks.ts';

const second = 1000;
const minute = 60 * second;
const day = 24 * 60 * minute;

type Turn = Parameters<TwoClocks['pass']>[1];

const awake: Turn = (clock, milliseconds) => clock.runFor(milliseconds);

/** As with the lid closed, or in a page that the browser froze: a timer that was due fires once, afterwards. */
const frozen: Turn = (clock, milliseconds) => clock.fastForward(milliseconds);

/** As while a device sleeps whose monotonic clock stands still in its sleep. */
const asleep: Turn = async () => {};

/** As browsers do with pages that nobody sees: timers fire once a minute. */
const throttled: Turn = async (clock, milliseconds) => {
  for (let passed = 0; passed < milliseconds; passed += minute) await clock.fastForward(minute);
};

const dateOf = (page: Page): Promise<number> => page.evaluate(() => Date.now());
const hoursOff = (page: Page): Promise<number> => page.evaluate(() => new Date().getTimezoneOffset() / 60);

/** Moves the device to another part of the world, again and again. */
const traveller = async (page: Page): Promise<(timezoneId: string) => Promise<unknown>> => {
  const session = await page.context().newCDPSession(page);
  return (timezoneId) => session.send('Emulation.setTimezoneOverride', { timezoneId });
};

for (const [name, off] of [
  ['a day ahead', day],
  ['a day behind', -day],
] as const) {
  test(`L4: the countdown is that of the server with the device’s clock ${name}`, async ({ page, clocks }) => {
    await clocks.open(off);
    expect(Math.abs((await dateOf(page)) - clocks.now() - off)).toBeLessThan(10 * second);
    await clocks.isRight();
    await clocks.pass(25 * second, awake);
    await clocks.isRight();
    await clocks.pass(40 * second, awake);
    await clocks.isRight();
  });
}

test('L4: the countdown is that of the server when the device’s clock is set while it runs', async ({
  page,
  clocks,
}) => {
  await clocks.open();
  for (const off of [day, -day, 0]) {
    await page.clock.setSystemTime(clocks.now() + off);
    expect(Math.abs((await dateOf(page)) - clocks.now() - off)).toBeLessThan(10 * second);
    await clocks.pass(10 * second, awake);
    await clocks.isRight();
  }
});

test.describe('where nothing can be sent for a day', () => {
  test.use({ kit: { settings: { sends: { perUserDay: 1 } } } });

  for (const [name, how] of [
    ['with its timers frozen', frozen],
    ['with a timer a minute', throttled],
  ] as const) {
    test(`L4: the countdown is that of the server after ten minutes in the background, ${name}`, async ({ clocks }) => {
      await clocks.open();
      await clocks.isRight();
      await clocks.pass(10 * minute, how);
      await clocks.isRight();
      await clocks.pass(5 * second, awake);
      await clocks.isRight();
    });
  }
});

test('L4: the countdown is that of the server after a sleep that no clock of the device counted (the event of its end is synthetic)', async ({
  page,
  clocks,
}) => {
  await clocks.open();
  await clocks.pass(40 * second, asleep);
  const read = page.waitForResponse(/\/flows\/current$/u);
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true })));
  await (await read).finished();
  await expect(page.getByRole('timer')).toContainText(/0:[01]\d/u);
  await clocks.isRight();
});

test('L4: a countdown that ended in the background is over when the page is back', async ({ clocks, page }) => {
  await clocks.open();
  await clocks.pass(6 * minute, frozen);
  await clocks.isRight();
  await expect(page.getByRole('button', { name: 'Send a new code' })).toBeVisible();
});

test.describe('half a minute before the clocks of Europe go back', () => {
  test.use({ kit: { start: Date.UTC(2026, 9, 25, 0, 58, 29) } });

  test('L4: the countdown is that of the server when daylight saving ends, and in another time zone', async ({
    page,
    clocks,
  }) => {
    const travelTo = await traveller(page);
    await travelTo('Europe/Berlin');
    await clocks.open();
    expect(await hoursOff(page)).toBe(-2);
    await clocks.isRight();
    await clocks.pass(35 * second, awake);
    expect(await hoursOff(page)).toBe(-1);
    await clocks.isRight();
    await travelTo('Asia/Tokyo');
    expect(await hoursOff(page)).toBe(-9);
    await clocks.pass(5 * second, awake);
    await clocks.isRight();
  });
});

test('L4: the countdown is that of the server in a second tab, and after a reload', async ({ page, clocks }) => {
  await clocks.open(day);
  await clocks.pass(20 * second, awake);
  const tab = await page.context().newPage();
  await tab.goto(page.url());
  await expect(tab.getByRole('timer')).toBeVisible();
  await clocks.isRight(tab);
  await clocks.pass(10 * second, awake);
  await clocks.isRight();
  await clocks.isRight(tab);
  await page.reload();
  await expect(page.getByRole('timer')).toBeVisible();
  await clocks.isRight();
});
