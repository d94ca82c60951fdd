import { type Listening, listen } from '@countersign/server/node';
import { createApp } from './app.ts';
import { createDemoBackend } from './create-demo-backend.ts';
import type { Environment } from './environment.ts';
import { createBank } from './host/bank.ts';
import { createFeed } from './messages/feed.ts';

/** Milliseconds that requests under way have when the process is told to stop. */
const grace = 3000;

/** Serves the host app, its phone and the backend on this machine only. */
export const startServer = async (environment: Environment): Promise<Listening> => {
  const feed = createFeed();
  const closing = new AbortController();
  const backend = await createDemoBackend(environment, (message) => feed.receive(message));
  const { origin, port } = environment;
  const app = createApp({ origin, backend, bank: createBank(), feed, closing: closing.signal });
  // Loopback, because the phone shows every code to whoever asks.
  const handler = async (request: Request, connection: { address: string }) => app.fetch(request, connection);
  const server = await listen(handler, { port, host: '127.0.0.1', grace });
  const end = async (): Promise<void> => {
    closing.abort();
    await server.close();
    await backend.close();
  };
  let ending: Promise<void> | null = null;
  return { url: server.url, close: () => (ending ??= end()) };
};
