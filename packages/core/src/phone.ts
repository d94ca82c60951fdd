import type { CountryCode, MetadataJson, NumberType } from 'libphonenumber-js/core';
import parsePhoneNumber from 'libphonenumber-js/core';
import { toAsciiDigits } from './code.ts';

/** A phone number that can be written to. */
export interface Phone {
  /** The number in E.164, the only form that is stored, counted or compared (`+31612345678`). */
  e164: string;
  /** The region that the number belongs to, by its digits and not by its prefix text; null for shared codes. */
  country: CountryCode | null;
  /** Whether it is of a provider of Internet telephony, so that no SIM is behind it, as far as the metadata tells. */
  isVoip: boolean;
}

/** Which numbers the operator writes to. */
export interface Reach {
  /** Regions (ISO 3166-1 alpha-2); `all` where the operator wrote that out. */
  countries: readonly string[] | 'all';
  /** Whether numbers that no SIM is behind are written to. */
  voip: boolean;
}

export interface ReadPhoneOptions {
  /** libphonenumber metadata; only `max` tells the types apart that cannot receive SMS. */
  metadata: MetadataJson;
  /** The region of a number written without `+`; without it only international notation is read. */
  defaultCountry?: string;
}

/**
 * Types that never receive SMS, and personal numbers, which forward to anywhere at the price of premium ones; a type
 * that the metadata can't tell is let through.
 */
const deaf: readonly NumberType[] = [
  'FIXED_LINE',
  'PREMIUM_RATE',
  'TOLL_FREE',
  'SHARED_COST',
  'PERSONAL_NUMBER',
  'PAGER',
  'UAN',
  'VOICEMAIL',
];

/** Whether metadata knows the region, which narrows a string to libphonenumber's type. */
export const isCountry = (country: string, metadata: MetadataJson): country is CountryCode =>
  Object.hasOwn(metadata.countries, country);

/** Marks that change the writing direction; they come along when numbers are copied. */
const directionMarks = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** `00` is how most of the world dials `+`; spaces are of many widths. */
const normalize = (text: string): string => {
  const ascii = toAsciiDigits(text).replace('＋', '+').replace(directionMarks, '').replace(/\s+/gu, ' ').trim();
  return ascii.startsWith('00') ? `+${ascii.slice(2)}` : ascii;
};

/** Reads a number in any notation; null when it is no valid number or one of a type that cannot receive SMS. */
export const readPhone = (text: string, { metadata, defaultCountry }: ReadPhoneOptions): Phone | null => {
  const country = defaultCountry !== undefined && isCountry(defaultCountry, metadata) ? defaultCountry : undefined;
  const rules = { extract: false, ...(country && { defaultCountry: country }) };
  const parsed = parsePhoneNumber(normalize(text), rules, metadata);
  if (!parsed?.isValid() || parsed.ext) return null;
  const type = parsed.getType();
  if (type !== undefined && deaf.includes(type)) return null;
  return { e164: parsed.number, country: parsed.country ?? null, isVoip: type === 'VOIP' };
};

/** Whether the operator writes to the number; never to one of no region, such as a satellite's. */
export const isReachable = ({ country, isVoip }: Phone, { countries, voip }: Reach): boolean =>
  country !== null && (countries === 'all' || countries.includes(country)) && (voip || !isVoip);
