import { CountersignError } from '@countersign/core/errors';
import { randomToken } from '../crypto/random.ts';
import { hashToken } from '../crypto/vault.ts';
import type { Credentials } from '../flow/find.ts';
import type { Opener } from '../flow/opener.ts';
import type { Parts } from '../parts.ts';
import { findOpenSession } from '../session/find.ts';
import type { SessionRow } from '../store/rows.ts';
import { addressBlock } from './address-block.ts';
import { nameDevice } from './name-device.ts';
import {
  browserAge,
  browserCookie,
  deviceCookie,
  keepsCookies,
  type Peer,
  sessionCookie,
  type SetCookie,
} from './peer.ts';

/**
 * Refuses what another site made a browser send (OWASP CSRF cheat sheet): an `Origin` must be listed; without one
 * `Sec-Fetch-Site` must say same-origin; a request with cookies and neither header is refused.
 */
export const guardSite = ({ origins }: Parts, { origin, fetchSite, cookies }: Peer): void => {
  const isOwn = fetchSite === null ? cookies.size === 0 : fetchSite === 'same-origin';
  const isListed = origin === null ? isOwn : origins.includes(origin);
  if (!isListed) throw new CountersignError('request.cross_site');
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
    device: nameDevice(request.headers.get('user-agent') ?? ''),
  };
};

/** The session of a request, by its bearer token or else its cookie; `session.not_found` without one that goes on. */
export const guardSession = async (parts: Parts, request: Request, peer: Peer): Promise<SessionRow> => {
  const session = await findOpenSession(parts, readBearer(request) || (peer.cookies.get(sessionCookie) ?? ''));
  if (session === null) throw new CountersignError('session.not_found');
  return session;
};

const hashCookie = async (cookie: string | undefined): Promise<string | null> =>
  cookie !== undefined && /^[\w-]{43}$/u.test(cookie) ? hashToken(cookie) : null;

/** Who opens a flow: a browser is known by its cookie, or given one now. */
export const identifyOpener = async (
  parts: Parts,
  request: Request,
  peer: Peer,
): Promise<{ opener: Opener; setCookies: SetCookie[] }> => {
  const { origin, cookies } = peer;
  const common = { origin, locale: readLocale(request), addressBlock: addressBlock(peer.address) };
  if (!keepsCookies(peer)) return { opener: { ...common, browserHash: null, deviceHash: null }, setCookies: [] };
  const deviceHash = await hashCookie(cookies.get(deviceCookie));
  const known = await hashCookie(cookies.get(browserCookie));
  if (known !== null) return { opener: { ...common, browserHash: known, deviceHash }, setCookies: [] };
  const value = randomToken(parts.random);
  const opener = { ...common, browserHash: await hashToken(value), deviceHash };
  return { opener, setCookies: [{ name: browserCookie, value, maxAge: browserAge }] };
};

/** The first language that the request accepts; empty where it names none. */
export const readLocale = (request: Request): string => {
  const [first = ''] = (request.headers.get('accept-language') ?? '').split(/[,;]/u, 1);
  return /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/u.test(first.trim()) ? first.trim() : '';
};
