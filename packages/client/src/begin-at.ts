import ky from 'ky';
import { httpOptions } from './http.ts';

/** Asks the host's own server to begin a flow: `POST` to a URL of the same origin that answers `{"token": "…"}`. */
export const beginAt = (url: string, fetcher?: typeof fetch) => async (): Promise<string> => {
  const { token }: { token?: unknown } = Object(await ky.post(url, httpOptions(fetcher)).json());
  if (typeof token !== 'string') throw new Error(`${url} answered without a token`);
  return token;
};
