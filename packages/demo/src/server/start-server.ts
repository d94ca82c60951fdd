import type { Server } from 'node:http';
import { serve } from '@hono/node-server';
import { ConfigurationError } from '@countersign/server';
import { createApp } from './app.ts';
import { createDemoBackend } from './create-demo-backend.ts';
import type { Environment } from './environment.ts';
import { createSessions } from './host/sessions.ts';
import { createFeed } from './messages/feed.ts';

/** Milliseconds that requests under way have when the process is told to stop. */
const grace = 3000;

const stopOnSignal = (server: Server, closing: AbortController): void => {
  const stop = (): void => {
    closing.abort();
    server.close(() => process.exit(0));
    setTimeout(() => server.closeAllConnections(), grace).unref();
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
};

const listen = (server: Server, { port, origin }: Environment): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', (error) => {
      const taken = 'code' in error && error.code === 'EADDRINUSE';
      reject(taken ? new ConfigurationError(`PORT: ${port} is in use; set PORT to a free one`) : error);
    });
    server.once('listening', () => {
      console.log(`Countersign demo: ${origin}`);
      resolve();
    });
  });

/** Serves the host app, its phone and the backend on this machine only, until the process is told to stop. */
export const startServer = async (environment: Environment): Promise<void> => {
  const feed = createFeed();
  const closing = new AbortController();
  const app = createApp({
    origin: environment.origin,
    backend: await createDemoBackend(environment, (message) => feed.receive(message)),
    sessions: createSessions(),
    feed,
    closing: closing.signal,
  });
  // Loopback, because the phone shows every code to whoever asks. Without TLS options this is a server of node:http.
  const server = serve({ fetch: app.fetch, port: environment.port, hostname: '127.0.0.1' }) as Server;
  await listen(server, environment);
  stopOnSignal(server, closing);
};
