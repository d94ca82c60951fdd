import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { chromium } from '@playwright/test';
import { chromiumArguments, findBrowser } from './browser.mjs';
import { freePort } from './free-port.mjs';
import { root } from './run.mjs';

/** How much slower than this machine the measured one is, and what a key or a press may cost there, in milliseconds. */
export const slowdown = 4;
export const budget = 200;

/** The longest of each kind of gesture in the demo, from the key or press to the next frame (Event Timing API). */
export async function measureInteractions() {
  const demo = await startDemo();
  const browser = await chromium.launch({ executablePath: findBrowser(), args: chromiumArguments });
  try {
    const page = await openSlowPage(browser, demo.url);
    const rows = [];
    for (const [name, act] of gestures) {
      await act(page);
      rows.push({ name, worst: await takeWorst(page) });
    }
    if (rows.every(({ worst }) => worst === 0)) throw new Error('The browser told of no interaction.');
    return rows;
  } finally {
    await browser.close();
    await demo.close();
  }
}

async function startDemo() {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'countersign-bench-'));
  const env = { ...process.env, PORT: port, DATA_DIR: folder };
  const server = spawn(process.execPath, ['packages/demo/dist/server/main.js'], { cwd: root, env, stdio: 'ignore' });
  const gone = once(server, 'exit');
  const url = `http://localhost:${port}`;
  const close = async () => {
    server.kill();
    await gone;
    rmSync(folder, { recursive: true, force: true });
  };
  while (!(await fetch(url).catch(() => null))) {
    if (server.exitCode !== null) throw new Error(`The demo ended with ${server.exitCode} before it served.`);
    await wait(50);
  }
  return { url, close };
}

async function openSlowPage(browser, url) {
  const page = await browser.newPage();
  await page.addInitScript(() => {
    globalThis.timings = [];
    const note = (list) => globalThis.timings.push(...list.getEntries().filter(({ interactionId }) => interactionId));
    // 16 ms is the least that browsers tell of; what is quicker is not in the list.
    new PerformanceObserver(note).observe({ type: 'event', durationThreshold: 16, buffered: true });
  });
  await page.goto(`${url}/sign-up`);
  await field(page, 'E-mail address').waitFor();
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  return page;
}

/** The longest since the last look, once the last gesture has been painted; 0 where all were quicker than is told of. */
const takeWorst = (page) =>
  page.evaluate(async () => {
    for (let frame = 0; frame < 3; frame += 1) await new Promise((resolve) => void requestAnimationFrame(resolve));
    // The list is told of in a task after the frame.
    await new Promise((resolve) => void setTimeout(resolve, 100));
    return Math.max(0, ...globalThis.timings.splice(0).map(({ duration }) => duration));
  });

const address = 'robin@example.com';
const phone = '+31612345678';

const field = (page, name) => page.getByRole('textbox', { name, exact: true });
const press = (page, name) => page.getByRole('button', { name, exact: true }).click();

/** The code of the newest message to the address, once it is on the drawn phone. */
async function readCode(page, to) {
  const messages = page.getByRole('log', { name: 'Messages' }).getByRole('article').filter({ hasText: to });
  return /(?<!\d)\d{6}(?!\d)/u.exec(await messages.first().textContent())[0];
}

async function typeCode(page, to) {
  const code = await readCode(page, to);
  await field(page, 'Code').focus();
  await page.keyboard.type(code);
}

/** In the order of a first visit; what comes after a press is waited for, so that it is counted with it. */
const gestures = [
  ['typing an e-mail address', (page) => field(page, 'E-mail address').pressSequentially(address)],
  [
    'sending it',
    async (page) => {
      await press(page, 'Continue');
      await field(page, 'Code').waitFor();
    },
  ],
  [
    'typing its code',
    async (page) => {
      await typeCode(page, address);
      await page.getByLabel('Password', { exact: true }).waitFor();
    },
  ],
  [
    'choosing a password',
    async (page) => {
      await page.getByLabel('Password', { exact: true }).pressSequentially('correct horse 9 battery');
      await press(page, 'Continue');
      await page.getByRole('button', { name: 'Text message' }).waitFor();
    },
  ],
  [
    'choosing a factor',
    async (page) => {
      await page.getByRole('button', { name: 'Text message' }).click();
      await field(page, 'Phone number').waitFor();
    },
  ],
  [
    'opening the list of countries',
    async (page) => {
      await page.getByRole('button', { name: /^Country/u }).click();
      await page.getByRole('option').first().waitFor();
    },
  ],
  ['looking for a country', (page) => page.keyboard.type('nether')],
  [
    'choosing it',
    async (page) => {
      await page.keyboard.press('Enter');
      await page.getByRole('option').first().waitFor({ state: 'detached' });
    },
  ],
  [
    'typing a phone number',
    async (page) => {
      await field(page, 'Phone number').focus();
      await page.keyboard.press('ControlOrMeta+a');
      await page.keyboard.type(phone);
    },
  ],
  [
    'sending it a code',
    async (page) => {
      await press(page, 'Send code');
      await field(page, 'Code').waitFor();
    },
  ],
  [
    'typing the code',
    async (page) => {
      await typeCode(page, phone);
      await page.getByRole('checkbox').waitFor();
    },
  ],
  [
    'saying that the backup codes are saved',
    async (page) => {
      await page.getByRole('checkbox').click();
      await press(page, 'Continue');
      await page.getByText(`You are signed in as ${address}.`).waitFor();
    },
  ],
];
