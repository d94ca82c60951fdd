import { HOTP, Secret, TOTP } from 'otpauth';
import type { Account } from '@countersign/core/factor';

/** RFC 4226 wants 128 bits or more and recommends 160. */
const secretBytes = 20;

/** What every authenticator app can do, whatever else it can (RFC 6238 with the values of RFC 4226). */
const scheme = { algorithm: 'SHA1', digits: 6 } as const;
const periodSeconds = 30;

/** How far a device's clock may be off, in steps; RFC 6238, section 5.2, recommends one at most. */
const tolerance = [-1, 0, 1] as const;

/** A new secret in base 32. */
export const newSecret = (random: (size: number) => Uint8Array): string =>
  new Secret({ buffer: new Uint8Array(random(secretBytes)).buffer }).base32;

/** In groups of four, as it is shown and typed. */
export const formatSecret = (secret: string): string => secret.replace(/.{4}(?=.)/gu, '$& ');

/** The time step that a moment (Unix milliseconds) lies in. */
export const stepAt = (now: number): number => Math.floor(now / 1000 / periodSeconds);

/** The code of a time step. */
export const codeAt = (secret: string, step: number): string =>
  HOTP.generate({ secret: Secret.fromBase32(secret), counter: step, ...scheme });

/** What the code is compared with. */
export interface Expected {
  secret: string;
  /** Unix milliseconds. */
  now: number;
  /** Steps up to this one have served. */
  after: number;
  /** Compares in a time that does not depend on where two codes differ. */
  equal(a: string, b: string): boolean;
}

/** The step, later than those that have served, whose code was typed; null for none. Looks at every candidate. */
export const findStep = (code: string, { secret, now, after, equal }: Expected): number | null => {
  const steps = tolerance.map((off) => stepAt(now) + off).filter((step) => equal(codeAt(secret, step), code));
  return steps.find((step) => step > after) ?? null;
};

/** The key with everything that an app wants to know, as a link. */
export const uriOf = (secret: string, { name, appName }: Account): string =>
  new TOTP({
    secret: Secret.fromBase32(secret),
    issuer: appName,
    label: name,
    period: periodSeconds,
    ...scheme,
  }).toString();
