import ky from 'ky';
import { httpOptions } from './http.ts';

/**
 * Asks the host's own server to begin a flow: `POST` to a URL of the same origin that answers `{"token": "…"}`. Rejects
 * where no such answer comes within 15 seconds; with a `TypeError` where the server can't be reached.
 */
export const beginAt = (url: string, fetcher?: typeof fetch) => async (): Promise<string> => {
  const { token }: { token?: unknown } = Object(await ky.post(url, httpOptions(fetcher)).json());
  if (typeof token !== 'string') throw new Error(`${url} answered without a token`);
  return token;
};
