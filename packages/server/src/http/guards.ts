import { CountersignError } from '@countersign/core/errors';
import { randomToken } from '../crypto/random.ts';
import { hashToken } from '../crypto/vault.ts';
import type { Credentials } from '../flow/find.ts';
import type { Parts } from '../parts.ts';
import { addressBlock } from './address-block.ts';
import { browserCookie, isBrowser, type Peer, type SetCookie } from './peer.ts';

/**
 * Refuses what another site made a browser send (OWASP CSRF cheat sheet): an `Origin` must be listed; without one
 * `Sec-Fetch-Site` must say same-origin; a request with cookies and neither header is refused.
 */
export const guardSite = ({ origins }: Parts, peer: Peer): void => {
  const { origin, fetchSite, cookies } = peer;
  const sameSite = fetchSite === null || fetchSite === 'same-origin';
  const listed = origin === null ? isBrowser(peer) || cookies.size === 0 : origins.includes(origin);
  if (!sameSite || !listed) throw new CountersignError('request.cross_site');
};

/** The bearer token of a request; empty without one. */
export const readBearer = (request: Request): string =>
  /^Bearer ([\w-]{1,128})$/u.exec(request.headers.get('authorization') ?? '')?.[1] ?? '';

/** The bearer token and the browser's cookie, as far as the request has them, and where it came from. */
export const readCredentials = async (request: Request, peer: Peer): Promise<Credentials> => {
  const cookie = peer.cookies.get(browserCookie);
  return {
    token: readBearer(request),
    browserHash: cookie === undefined ? null : await hashToken(cookie),
    addressBlock: addressBlock(peer.address),
  };
};

/** The browser that claims a flow: known by its cookie, or given one now; null where no browser asks. */
export const identifyBrowser = async (
  parts: Parts,
  peer: Peer,
): Promise<{ browserHash: string | null; setCookies: SetCookie[] }> => {
  if (!isBrowser(peer)) return { browserHash: null, setCookies: [] };
  const known = peer.cookies.get(browserCookie);
  if (known !== undefined && /^[\w-]{43}$/u.test(known)) return { browserHash: await hashToken(known), setCookies: [] };
  const value = randomToken(parts.random);
  return { browserHash: await hashToken(value), setCookies: [{ name: browserCookie, value }] };
};

/** The first language that the request accepts; empty where it names none. */
export const readLocale = (request: Request): string => {
  const [first = ''] = (request.headers.get('accept-language') ?? '').split(/[,;]/u, 1);
  return /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/u.test(first.trim()) ? first.trim() : '';
};
