import type { TestKit } from '@countersign/server/testing';

/** A browser whose cookies can be seen, taken, and given. */
export interface OpenBrowser {
  fetcher: typeof fetch;
  jar: Map<string, string>;
}

export const openBrowser = (kit: TestKit, jar = new Map<string, string>()): OpenBrowser => {
  const fetcher: typeof fetch = async (input, init) => {
    const peer = { address: '127.0.0.1', origin: kit.origin, fetchSite: 'same-origin', cookies: jar };
    const { response, setCookies } = await kit.backend.handle(new Request(input, init), peer);
    for (const { name, value } of setCookies) jar.set(name, value);
    return response;
  };
  return { fetcher, jar };
};
