import { readFile } from 'node:fs/promises';
import type { FetchHandler } from '@countersign/server';
import { listen, type Listening } from '@countersign/server/node';

/** What is served where. */
export interface Served {
  port: number;
  /** The page, at `/`. */
  html: string;
  /** What answers to anything but the page and the scripts of the bundle. Default: nobody. */
  rest?: FetchHandler;
}

const nobody: FetchHandler = async () => new Response(null, { status: 404 });

const bundle = (name: string) => readFile(new URL(`../../packages/countersign/dist/cdn/${name}`, import.meta.url));

/** A server of one page with the bundle that was built. */
export const servePage = ({ port, html, rest = nobody }: Served): Promise<Listening> =>
  listen(
    async (request, connection) => {
      const { pathname } = new URL(request.url);
      if (pathname === '/') return new Response(html, { headers: { 'content-type': 'text/html' } });
      if (!pathname.endsWith('.js')) return rest(request, connection);
      const script = new Uint8Array(await bundle(pathname.slice(1)));
      return new Response(script, { headers: { 'content-type': 'text/javascript' } });
    },
    { port, host: '127.0.0.1', grace: 100 },
  );
