import { listen } from '@countersign/server/node';
import { type BrowserContext, expect, test } from '@playwright/test';
import { freePort } from './support/free-port.ts';
import { watch } from './support/canary/watch.ts';

const code = '4071582936';
const password = 'correct horse 9 battery';
const phone = '+31612345678';
const typed = { code, password, phone };

/** A page that sends what somebody typed, and leaks nothing by itself; its server answers with whatever it is asked to. */
const open = async () => {
  const { url, close } = await listen(
    async (request) => {
      const { pathname } = new URL(request.url);
      if (pathname === '/header') return Response.json({}, { headers: { 'x-note': await request.text() } });
      if (pathname.startsWith('/api/'))
        return new Response(await request.text(), { headers: { 'content-type': 'application/json' } });
      if (pathname === '/typed') return Response.json({}, { status: 422 });
      return new Response('<!doctype html><title>Leaky</title>', { headers: { 'content-type': 'text/html' } });
    },
    { port: await freePort(), host: '127.0.0.1', grace: 100 },
  );
  return { url, close };
};

/** Opens the page, types, runs the leak in it, hides it once something was answered, and gives what is found. */
const foundAfter = async (context: BrowserContext, leak: string, hide?: string): Promise<string[]> => {
  const server = await open();
  const watched = await watch(context);
  const page = await context.newPage();
  await page.goto(server.url);
  const body = JSON.stringify(typed);
  await page.evaluate(
    (text) => fetch(new Request('/typed', { method: 'POST', body: text }).clone()).then((answer) => answer.text()),
    body,
  );
  await page.evaluate(leak);
  if (hide) {
    const answered = context.waitForEvent('requestfinished');
    await page.evaluate("fetch('/api/v1', { method: 'POST', body: '{}' }).then((answer) => answer.text())");
    await answered;
    await page.evaluate(hide);
  }
  const found = await watched.finish(() => [{ place: 'event', text: leak.startsWith('/*event') ? leak : '' }]);
  await server.close();
  return found;
};

const put = (tag: string, set: string) =>
  `document.body.append(Object.assign(document.createElement('${tag}'), ${set}))`;

const leaks: [place: string, leak: string, found: string][] = [
  ['a text', put('p', `{ textContent: 'the code is ${code}' }`), 'code in text'],
  ['a text cut into cells', `for (const digit of '${code}') ${put('span', '{ textContent: digit }')}`, 'code in text'],
  [
    'a shadow root',
    `${put('div', "{ id: 'host' }")}; host.attachShadow({ mode: 'open' }).append('${password}')`,
    'password in text',
  ],
  ['a number in full', put('p', `{ textContent: 'Sent to ${phone}' }`), 'address in text'],
  ['an attribute', put('p', `{ title: '${code}' }`), 'code in attribute'],
  ['the local storage', `localStorage.setItem('last', '${code}')`, 'code in local storage'],
  ['the session storage', `sessionStorage.setItem('countersign', '${password}')`, 'password in session storage'],
  [
    'a database',
    `new Promise((resolve) => {
      const opening = indexedDB.open('leak');
      opening.onupgradeneeded = () => opening.result.createObjectStore('all', { autoIncrement: true }).put('${code}');
      opening.onsuccess = () => resolve(opening.result.close());
    })`,
    'code in database',
  ],
  ['the history', `history.replaceState({ code: '${code}' }, '')`, 'code in history'],
  ['the address bar', `history.replaceState(null, '', '#${code}')`, 'code in address bar'],
  ['the console', `console.log('${password}')`, 'password in console'],
  ['a request', `fetch('/typed?code=${code}').then(() => {})`, 'code in address of a request'],
  [
    'an answer',
    `fetch('/api/v1', { method: 'POST', body: JSON.stringify({ note: '${code}' }) }).then((answer) => answer.text())`,
    'code in answer',
  ],
  [
    'a header',
    `fetch('/header', { method: 'POST', body: '${code}' }).then((answer) => answer.text())`,
    'code in header',
  ],
  ['an event', `/*event ${code} */ 0`, 'code in event'],
];

for (const [place, leak, found] of leaks) {
  test(`a secret that is leaked on purpose is found: ${place}`, async ({ context }) => {
    expect(await foundAfter(context, leak)).toContain(found);
  });
}

test('a secret that is shown for a while, and gone in the end, is found', async ({ context }) => {
  const leak = put('output', `{ textContent: '${code}' }`);
  expect(await foundAfter(context, leak, "document.querySelector('output').remove()")).toContain('code in text');
});
