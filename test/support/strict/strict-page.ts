import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { type FetchHandler, toFetchHandler } from '@countersign/server';
import { listen } from '@countersign/server/node';
import { createTestKit, type TestKit, type TestKitOptions } from '@countersign/server/testing';
import { freePort } from '../free-port.ts';

/** What the elements promise to work under: nothing but files of the page's own, and Lit's own policy. */
export const strictPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  'img-src data:',
  "require-trusted-types-for 'script'",
  'trusted-types lit-html',
].join('; ');

/** An app of one page with the built elements, under the strict policy, and the backend behind it. */
export interface StrictPage {
  kit: TestKit;
  url: string;
  close(): Promise<void>;
}

const bundle = (path: string) => readFile(new URL(`../../../packages/countersign/dist/cdn${path}`, import.meta.url));

/** Without a picture of its own a browser asks for one, which the policy does not allow. */
const html = `<!doctype html>
<html lang="en">
<title>Acme</title>
<link rel="icon" href="data:,">
<script type="module" src="/countersign.min.js"></script>
<body></body>
</html>`;

const serve =
  (kit: TestKit): FetchHandler =>
  async (request, connection) => {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith('/api/')) return toFetchHandler(kit.backend)(request, connection);
    if (pathname === '/begin') return Response.json(await kit.begin({ kind: 'setup' }));
    const headers = { 'content-security-policy': strictPolicy };
    if (pathname === '/') return new Response(html, { headers: { ...headers, 'content-type': 'text/html' } });
    if (!pathname.endsWith('.js')) return new Response(null, { status: 404 });
    const script = new Uint8Array(await bundle(pathname));
    return new Response(script, { headers: { ...headers, 'content-type': 'text/javascript' } });
  };

export const openStrictPage = async (options: TestKitOptions = {}): Promise<StrictPage> => {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const kit = await createTestKit({ start: Date.now(), origins: [url], ...options });
  const server = await listen(serve(kit), { port, host: '127.0.0.1', grace: 100 });
  return { kit, url, close: () => server.close() };
};

/** Opens the page, with every script that runs by mistake and everything that the policy refuses being noted. */
export const openWatched = async (page: Page, url: string): Promise<void> => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.addInitScript(() => {
    const seen: string[] = [];
    for (const name of ['canary', 'alert', 'confirm', 'prompt']) Reflect.set(globalThis, name, () => seen.push(name));
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, sourceFile, sample }) =>
      seen.push(`${violatedDirective} ${sourceFile} ${sample}`),
    );
    addEventListener('error', ({ message }) => seen.push(message));
    addEventListener('unhandledrejection', ({ reason }) => seen.push(String(reason)));
    Reflect.set(globalThis, 'seenByMistake', seen);
  });
  await page.goto(url);
  await page.evaluate(() => customElements.whenDefined('countersign-text-field'));
};

/** What {@link openWatched} has noted: scripts that ran, violations, and errors that nobody took. */
export const seenByMistake = (page: Page): Promise<unknown> =>
  page.evaluate((): unknown => Reflect.get(globalThis, 'seenByMistake'));
