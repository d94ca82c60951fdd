import { randomBytes } from 'node:crypto';
import { createVisitor, type Visitor } from '@countersign/server/testing';

/** A browser, as far as the backend can tell: it names its origin, and gives back the cookies it was given. */
export interface Browser {
  visitor: Visitor;
  fetch: typeof fetch;
  /** The `Set-Cookie` headers of all answers, oldest first. */
  setCookies: readonly string[];
}

const random = (size: number): Uint8Array => randomBytes(size);

/** A client without a browser, by real HTTP. */
export const visitorAt = (url: string, fetcher = fetch): Visitor => createVisitor(fetcher, `${url}/api/v1`, random);

/** A browser on a page of that origin, by real HTTP. */
export const browserAt = (url: string): Browser => {
  const jar = new Map<string, string>();
  const setCookies: string[] = [];
  const fetcher: typeof fetch = async (input, init) => {
    const headers = new Headers(init?.headers);
    headers.set('origin', url);
    headers.set('sec-fetch-site', 'same-origin');
    if (jar.size > 0) headers.set('cookie', [...jar].map((pair) => pair.join('=')).join('; '));
    const response = await fetch(input, { ...init, headers });
    for (const cookie of response.headers.getSetCookie()) {
      setCookies.push(cookie);
      const [name = '', value = ''] = (cookie.split(';', 1)[0] ?? '').split('=', 2);
      if (cookie.includes('Max-Age=0')) jar.delete(name);
      else jar.set(name, value);
    }
    return response;
  };
  return { visitor: visitorAt(url, fetcher), fetch: fetcher, setCookies };
};
