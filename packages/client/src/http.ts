import ky, { type KyInstance } from 'ky';

/** Milliseconds until a request counts as dropped. */
const timeout = 15_000;

/** Speaks HTTP to a backend at `base`. Retrying is the caller's, so ky does none. */
export const createHttp = (base: string, fetcher: typeof fetch): KyInstance =>
  ky.create({ prefixUrl: base, fetch: fetcher, retry: 0, throwHttpErrors: false, timeout });
