import type { Backend } from '../create-backend.ts';
import type { Peer, SetCookie } from './peer.ts';

/** Answers a request of a server; `address` is the client's, from the socket. */
export type FetchHandler = (request: Request, connection: { address: string }) => Promise<Response>;

const readCookies = (header: string | null): Map<string, string> => {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim().split('=', 2));
  return new Map(pairs.flatMap(([name, value]) => (name && value !== undefined ? [[name, value] as const] : [])));
};

const writeCookie = ({ name, value, maxAge }: SetCookie): string =>
  `${name}=${value}; Path=/; Secure; HttpOnly; SameSite=Lax${maxAge === undefined ? '' : `; Max-Age=${maxAge}`}`;

/** Maps the real headers of a server's requests and answers to what the backend takes and gives. */
export const toFetchHandler =
  (backend: Backend): FetchHandler =>
  async (request, { address }) => {
    const peer: Peer = {
      address,
      origin: request.headers.get('origin'),
      fetchSite: request.headers.get('sec-fetch-site'),
      cookies: readCookies(request.headers.get('cookie')),
    };
    const { response, setCookies } = await backend.handle(request, peer);
    for (const cookie of setCookies) response.headers.append('set-cookie', writeCookie(cookie));
    return response;
  };
