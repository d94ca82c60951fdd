/** What a request's connection says of the caller; browsers drop these from a `Request`, so they travel beside it. */
export interface Peer {
  /** The client's address as the server saw it. */
  address: string;
  /** The `Origin` header; null where there is none. */
  origin: string | null;
  /** The `Sec-Fetch-Site` header; null where there is none. */
  fetchSite: string | null;
  cookies: ReadonlyMap<string, string>;
}

/** A cookie to be set: always `__Host-`, Secure, HttpOnly, `SameSite=Lax`, for the whole site. */
export interface SetCookie {
  name: `__Host-${string}`;
  value: string;
  /** Seconds that it lives; 0 takes it away. Default: until the browser ends. */
  maxAge?: number;
}

/** An answer, and the cookies that belong to it. */
export interface Answer {
  response: Response;
  setCookies: readonly SetCookie[];
}

/** Ties flows to the browser that claimed them, and tells by which browser a user was let in before. */
export const browserCookie = '__Host-countersign';

/** Seconds that it lives: as long as browsers keep a cookie (400 days). */
export const browserAge = 400 * 24 * 3600;

/** Says who is signed in. */
export const sessionCookie = '__Host-countersign-session';

/** Says that its browser may be trusted for a while. */
export const deviceCookie = '__Host-countersign-device';

/**
 * Whether a page of another origin sent the request: it is known by its tokens alone. Browsers say so since 2023, to
 * https and to localhost.
 */
export const isCrossOrigin = ({ fetchSite }: Peer): boolean => fetchSite === 'same-site' || fetchSite === 'cross-site';

/** Whether a browser sent the request, from a page that it keeps cookies for; nobody else is given any. */
export const keepsCookies = (peer: Peer): boolean =>
  (peer.origin !== null || peer.fetchSite !== null) && !isCrossOrigin(peer);
