import { type Backend, toFetchHandler } from '../index.ts';
import { listen, type ListenOptions } from './listen.ts';
import { createNodeBackend, type NodeBackendOptions } from './node-backend.ts';

/** Options of {@link serve}. */
export interface ServeOptions
  extends Omit<NodeBackendOptions, 'origins'>, Partial<Pick<ListenOptions, 'port' | 'host' | 'proxies' | 'grace'>> {
  /** Exact origins of the pages that hold the elements. Default in development: `http://localhost` with the port. */
  origins?: readonly string[];
}

/** A backend that takes requests. */
export interface Served {
  /** Where it listens, as a browser on this machine reaches it; the API is below it at `/api/v1`. */
  url: string;
  /** For what the process itself asks: beginning flows, finding sessions, checking proofs. */
  backend: Backend;
  /** Takes nothing more, lets what is under way finish, and closes the store. */
  close(): Promise<void>;
}

/** The origins given, or that of this machine where development gives none. */
export const originsOf = ({ origins, port = 3000, environment }: ServeOptions): readonly string[] =>
  origins ?? (environment === 'development' ? [new URL(`http://localhost:${port}`).origin] : []);

/**
 * Serves a backend on Node by itself; port 3000 unless told otherwise, in development on this machine only. Throws
 * `ConfigurationError` with one sentence that says what to set.
 */
export const serve = async (options: ServeOptions): Promise<Served> => {
  const { port = 3000, host, proxies = 0, grace = 10_000, ...given } = options;
  const development = given.environment === 'development';
  const place = host ?? (development ? '127.0.0.1' : undefined);
  const backend = await createNodeBackend({ ...given, origins: originsOf(options) });
  try {
    const server = await listen(toFetchHandler(backend), { port, host: place, proxies, grace });
    let closing: Promise<void> | null = null;
    return { url: server.url, backend, close: () => (closing ??= server.close().then(() => backend.close())) };
  } catch (error) {
    await backend.close();
    throw error;
  }
};
