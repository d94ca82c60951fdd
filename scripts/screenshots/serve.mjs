import { preview } from 'vite';
import { root } from '../run.mjs';

/** Serves the built Storybook until it is closed. */
export async function serveStorybook() {
  const server = await preview({
    root,
    configFile: false,
    logLevel: 'error',
    build: { outDir: 'storybook-static' },
    preview: { port: 0, host: 'localhost' },
  });
  const [address] = server.resolvedUrls.local;
  return { url: address.replace(/\/$/u, ''), close: () => server.close() };
}
