import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { axe, codeField, complaintsOf, phoneField, violationsIn } from '../support/harbor.ts';
import { freePort } from '../support/free-port.ts';

const folder = fileURLToPath(new URL('../../node_modules/.cache/server-rendering/', import.meta.url));

/** The example of the documentation, as it stands but for its port. */
const example = (port: number): string => {
  const page = readFileSync(new URL('../../docs/elements.md', import.meta.url), 'utf8');
  const [, code = ''] = /## Drawn by a server.*?```js\n(.*?)```/su.exec(page) ?? [];
  return code.replace('8001', String(port));
};

let server: ChildProcess;
let address = '';

test.beforeAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const port = await freePort();
  address = `http://localhost:${port}/`;
  writeFileSync(join(folder, 'server.mjs'), example(port));
  server = spawn(process.execPath, ['server.mjs'], { cwd: folder, stdio: 'inherit' });
  await expect
    .poll(() =>
      fetch(address).then(
        ({ ok }) => ok,
        () => false,
      ),
    )
    .toBe(true);
});

test.afterAll(async () => {
  server.kill();
  await once(server, 'exit');
});

test('what a server drew is there before any script, and is taken over under a strict policy with what was typed', async ({
  page,
}) => {
  const complaints = complaintsOf(page);
  await page.addInitScript(axe);
  let letScriptsCome = (): void => {};
  const scriptsMayCome = new Promise<void>((resolve) => (letScriptsCome = resolve));
  await page.route('**/countersign/*', async (route) => {
    await scriptsMayCome;
    await route.continue();
  });

  await page.goto(address, { waitUntil: 'commit' });
  await expect(page.getByRole('heading', { name: 'One moment…' })).toBeVisible();
  await phoneField(page).pressSequentially('+3161234');
  await codeField(page).pressSequentially('123');
  const defined = () => page.evaluate(() => Boolean(customElements.get('countersign-code-field')));
  expect(await defined()).toBe(false);

  letScriptsCome();
  await expect.poll(defined).toBe(true);
  await expect(codeField(page)).toBeFocused();
  await page.keyboard.type('456');
  await phoneField(page).press('End');
  await page.keyboard.type('5678');
  const sent = await page.evaluate(() => [...new FormData(document.forms[0])]);
  expect(sent).toEqual([
    ['phone', '+31612345678'],
    ['code', '123456'],
  ]);
  await expect(page.locator('countersign-code-field .cell')).toHaveText([...'123456']);
  await expect(page.getByRole('heading', { level: 2 })).toHaveText(['That did not work']);
  const sheets = await page
    .locator('countersign-verify, countersign-code-field, countersign-phone-field')
    .evaluateAll((elements) => elements.map(({ shadowRoot }) => (shadowRoot?.adoptedStyleSheets.length ?? 0) > 0));
  expect(sheets).toEqual([true, true, true]);
  expect(await violationsIn(page)).toEqual([]);
  // The browser notes that nobody begins a flow here; nothing else may be there, a violation of the policy least of all.
  expect(complaints.filter((complaint) => !complaint.includes('404'))).toEqual([]);
});
