import { createServer, type Server } from 'node:http';
import { type AddressInfo, isIPv6 } from 'node:net';
import { getRequestListener, RequestError } from '@hono/node-server';
import { ConfigurationError, type FetchHandler } from '../index.ts';
import { clientAddress } from './client-address.ts';

/** Options of {@link listen}. */
export interface ListenOptions {
  /** 0 takes a free one. */
  port: number;
  /** The address or name to listen at. Default: every address of the machine. */
  host?: string | undefined;
  /** How many proxies of one's own stand before the server; each must add to `X-Forwarded-For`. Default: 0. */
  proxies?: number;
  /** Milliseconds that requests under way have when the server is closed. Default: 10 000. */
  grace?: number;
  /** Milliseconds that a request may take to arrive; 408 to one that takes longer. Default: 10 000. */
  arrival?: number;
}

/** A server that takes requests. */
export interface Listening {
  /** Where a browser on this machine finds it, without a slash at the end. */
  url: string;
  /** Takes nothing more, and resolves when what was under way is done or the time for it is over. */
  close(): Promise<void>;
}

/** How often connections without a request are closed; browsers keep them open for their next one. */
const idleCheck = 50;

/** How often requests that take too long to arrive are looked for, at least. */
const arrivalCheck = 1000;

const local = new Set(['', '::', '0.0.0.0', '127.0.0.1', '::1']);

const urlOf = (server: Server, host: string): string => {
  const { port } = server.address() as AddressInfo;
  const literal = isIPv6(host) ? `[${host}]` : host;
  return `http://${local.has(host) ? 'localhost' : literal}:${port}`;
};

const reasons: Readonly<Record<string, (options: ListenOptions) => string>> = {
  EADDRINUSE: ({ port }) => `port: ${port} is in use; choose another`,
  EACCES: ({ port }) => `port: ${port} may not be used by this user; choose one above 1023`,
  EADDRNOTAVAIL: ({ host }) => `host: "${host}" is no address of this machine`,
  ENOTFOUND: ({ host }) => `host: "${host}" is no address of this machine`,
};

const open = (server: Server, options: ListenOptions): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', (error) => {
      const sentence = 'code' in error ? reasons[String(error.code)]?.(options) : undefined;
      reject(sentence === undefined ? error : new ConfigurationError(sentence, { cause: error }));
    });
    server.listen({ port: options.port, host: options.host }, resolve);
  });

const closeServer = async (server: Server, running: ReadonlySet<Promise<unknown>>, grace: number): Promise<void> => {
  const over = new AbortController();
  const cut = setTimeout(() => over.abort(), grace);
  const late = new Promise<void>((resolve) => over.signal.addEventListener('abort', () => resolve()));
  over.signal.addEventListener('abort', () => server.closeAllConnections());
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const idle = setInterval(() => server.closeIdleConnections(), idleCheck);
  await closed;
  // What a client no longer waits for goes on all the same; it must not find the store closed.
  await Promise.race([Promise.allSettled(running), late]);
  clearInterval(idle);
  clearTimeout(cut);
};

const settled = async (work: Promise<unknown>): Promise<void> => {
  await Promise.allSettled([work]);
};

/** A request that no handler can be asked about, or a handler that failed; the client is told no more than that. */
const errorHandler = (error: unknown): Response => {
  if (error instanceof RequestError) return new Response(null, { status: 400 });
  console.error(error);
  return new Response(null, { status: 500 });
};

/** Answers HTTP requests with `handler`, which is told the client's address. Throws {@link ConfigurationError}. */
export const listen = async (handler: FetchHandler, options: ListenOptions): Promise<Listening> => {
  const { host = '', proxies = 0, grace = 10_000, arrival = 10_000 } = options;
  const running = new Set<Promise<Response>>();
  const answer = (request: Request, address: string): Promise<Response> => {
    const response = handler(request, { address });
    running.add(response);
    void settled(response).then(() => running.delete(response));
    return response;
  };
  const listener = getRequestListener(
    (request, { incoming }) => answer(request, clientAddress(incoming, proxies)),
    // The program that this runs in keeps the platform's own.
    { overrideGlobalObjects: false, errorHandler },
  );
  const patience = {
    requestTimeout: arrival,
    headersTimeout: arrival,
    connectionsCheckingInterval: Math.min(arrival, arrivalCheck),
  };
  const server = createServer(patience, (incoming, outgoing) => void listener(incoming, outgoing));
  await open(server, options);
  let closing: Promise<void> | null = null;
  return { url: urlOf(server, host), close: () => (closing ??= closeServer(server, running, grace)) };
};
