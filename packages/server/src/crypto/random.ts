import { base64url } from 'jose';

/** A source of random bytes; must be cryptographically secure outside tests. */
export type Random = (size: number) => Uint8Array;

/** The platform's generator. */
export const secureRandom: Random = (size) => crypto.getRandomValues(new Uint8Array(size));

/** An opaque id of 128 random bits behind a prefix that tells people what it names (`flw_…`). */
export const randomId = (random: Random, prefix: string): string => `${prefix}_${base64url.encode(random(16))}`;

/** A bearer secret of 256 random bits. */
export const randomToken = (random: Random): string => base64url.encode(random(32));

/** Uniform decimal digits, leading zeros kept (NIST SP 800-63B-4 §3.1.3.2); bytes above 249 would favour 0–5. */
export const randomDigits = (random: Random, length: number): string => {
  let digits = '';
  while (digits.length < length) {
    for (const byte of random(length)) {
      if (byte < 250 && digits.length < length) digits += String(byte % 10);
    }
  }
  return digits;
};
