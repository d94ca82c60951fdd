import type { Backend } from '../create-backend.ts';

/** Options of {@link inPage}. */
export interface InPageOptions {
  /** The origin that the page pretends to have; one of the backend's. */
  origin: string;
  /** The client's address that the backend sees. Default: `127.0.0.1`. */
  address?: string;
}

/** A `fetch` that reaches a backend in the same page, for stories and tests; each has a cookie jar of its own. */
export const inPage = (backend: Backend, { origin, address = '127.0.0.1' }: InPageOptions): typeof fetch => {
  const jar = new Map<string, string>();
  return async (input, init) => {
    const request = new Request(input, init);
    const peer = { address, origin, fetchSite: 'same-origin', cookies: new Map(jar) };
    request.signal.throwIfAborted();
    const { response, setCookies } = await backend.handle(request, peer);
    for (const { name, value, maxAge } of setCookies) {
      if (maxAge === 0) jar.delete(name);
      else jar.set(name, value);
    }
    request.signal.throwIfAborted();
    return response;
  };
};
