import { toAsciiDigits } from '@countersign/core/code';
import { AsYouType, getCountryCallingCode, type CountryCode, type PhoneNumber } from 'libphonenumber-js/core';
import metadata from 'libphonenumber-js/min/metadata';
import type { Problem } from '../field/problem.ts';
import { msg, str } from '../localize.ts';
import { caretAfter, deleteThrough, significant, type Draft, type Edit } from './caret.ts';
import type { Country } from './country-list.ts';
import { regionNames } from './region-names.ts';

/*
 * All that needs the world's numbering plans, some thirty kilobytes: loaded by the phone field when it is first used.
 */

/** A draft and the country that it is read in; empty if there is none yet. */
export interface PhoneDraft extends Draft {
  country: string;
}

/** What a number is judged by. */
export interface Judgement {
  country: string;
  countries: readonly string[] | null;
  language: string;
}

/** Marks that come along when a number is copied from right-to-left text, and other scripts' digits. */
const clean = (text: string): string =>
  toAsciiDigits(text)
    .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '')
    .replace(/^\s*(?:tel:)?[\s(]*([+\uff0b]|00)?/iu, (_, plus) => (plus ? '+' : ''))
    .trimStart();

/** Has more in it than a number and its punctuation. */
const isForeign = (cleaned: string): boolean => /[^\d\s()+\-./\u2010-\u2015]/u.test(cleaned);

const isCountry = (country: string): country is CountryCode => Object.hasOwn(metadata.countries, country);

const typeInto = (cleaned: string, country: string): { typer: AsYouType; formatted: string } => {
  const typer = new AsYouType(isCountry(country) ? country : undefined, metadata);
  return { typer, formatted: typer.input(significant(cleaned)) };
};

/** `49` for `DE`; empty for a region that has no numbers. */
export const callingCode = (country: string): string =>
  isCountry(country) ? getCountryCallingCode(country, metadata) : '';

/** The given countries, or all that have numbers, with their names in a language and in its order. */
export const listCountries = (codes: readonly string[] | null, language: string): Country[] => {
  const nameOf = regionNames(language);
  const { compare } = new Intl.Collator(language);
  return (codes ?? Object.keys(metadata.countries))
    .map((code) => ({ code, name: nameOf(code), callingCode: callingCode(code) }))
    .sort((a, b) => compare(a.name, b.name));
};

/** Reads a number in any notation; null if it is not a whole one. Whether it can receive SMS, the server knows. */
export const read = (text: string, country: string): PhoneNumber | null => {
  const cleaned = clean(text);
  const number = isForeign(cleaned) ? undefined : typeInto(cleaned, country).typer.getNumber();
  return number?.isValid() ? number : null;
};

/** Whether a number of a calling code's main country could as well be of another one, or is not complete. */
const isUndecided = (number: PhoneNumber | undefined, country: string): boolean => {
  if (!number?.isValid()) return true;
  if (isCountry(country)) number.country = country;
  return number.isValid();
};

/**
 * The country that a number in international notation belongs to, as far as its digits tell. Where they only tell the
 * calling code, or could be of several countries (Finland and Åland have the same mobile numbers), the given one stays.
 */
const follow = (typer: AsYouType, country: string): string => {
  if (!typer.isInternational()) return country;
  const told = typer.getCountry();
  const sharing: readonly string[] = metadata.country_calling_codes[typer.getCallingCode() ?? ''] ?? [];
  const [main = country] = sharing;
  const isOpen = !told || (told === main && isUndecided(typer.getNumber(), country));
  return isOpen && sharing.includes(country) ? country : (told ?? main);
};

/** Formats a number as far as it is typed, and keeps the caret at its digit. */
export const format = ({ text, caret, country }: PhoneDraft): PhoneDraft => {
  const cleaned = clean(text);
  // What the person wrote is better than what could be made of it.
  if (isForeign(cleaned)) return { text, caret, country };
  const { typer, formatted } = typeInto(cleaned, country);
  const before = significant(clean(text.slice(0, caret))).length;
  return { text: formatted, caret: caretAfter(formatted, before), country: follow(typer, country) };
};

/** Formats what came out of a key press, paste or autofill. */
export const edit = (draft: PhoneDraft, made: Edit): PhoneDraft => {
  const edited = { ...draft, ...deleteThrough(draft, made) };
  // Two zeros that only met because what stood between was deleted mean no `+`.
  const isMeeting = made.inputType?.startsWith('delete') && edited.text.startsWith('00');
  return isMeeting ? edited : format(edited);
};

/** The same national number in another country; what was written without a calling code stays as it is. */
export const moveTo = (country: string, { text, from }: { text: string; from: string }): string => {
  const prefix = `+${callingCode(from)}`;
  const digits = significant(clean(text));
  if (!digits.startsWith('+')) return text;
  return `+${callingCode(country)}${digits.startsWith(prefix) ? digits.slice(prefix.length) : ''}`;
};

/** What is wrong with a number that is not empty. */
export const judge = (text: string, { country, countries, language }: Judgement): Problem | undefined => {
  const phone = read(text, country);
  if (!phone) return { flags: { typeMismatch: true }, message: msg('Enter the whole number, with its country.') };
  if (!countries || !phone.country || countries.includes(phone.country)) return undefined;
  const name = regionNames(language)(phone.country);
  return { flags: { customError: true }, message: msg(str`Numbers from ${name} can’t be used here.`) };
};
