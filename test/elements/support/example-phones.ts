import { readPhone } from '@countersign/core/phone';
import parsePhoneNumber, {
  type CountryCode,
  getCountries,
  getExampleNumber,
  type PhoneNumber,
} from 'libphonenumber-js/max';
import metadata from 'libphonenumber-js/max/metadata';
import examples from 'libphonenumber-js/mobile/examples';

/** The mobile number that libphonenumber gives as a region's example. */
export const exampleOf = (region: CountryCode): PhoneNumber => {
  const example = getExampleNumber(region, examples);
  if (!example) throw new Error(`no example for ${region}`);
  return example;
};

/** What the server makes of the field's value, which it reads without a country. */
export const readByServer = (value: string): ReturnType<typeof readPhone> => readPhone(value, { metadata });

export const everyRegion: readonly CountryCode[] = getCountries();

/** Calling codes that several regions have. */
export const sharedCodes: readonly string[] = Object.entries(metadata.country_calling_codes)
  .filter(([, regions]) => regions.length > 1)
  .map(([code]) => code);

/** The regions of a calling code, the one first that it is named after. */
export const regionsOf = (callingCode: string): readonly CountryCode[] =>
  metadata.country_calling_codes[callingCode as keyof typeof metadata.country_calling_codes] ?? [];

/** Whether a number could be one of the region's, which others of its calling code may share. */
export const mayBeOf = (region: CountryCode, e164: string): boolean => {
  const number = parsePhoneNumber(e164);
  if (number) number.country = region;
  return number?.isValid() ?? false;
};

/** The six ways in which people write a number; `national` can be read only with its country. */
export const notationsOf = (number: PhoneNumber): Record<string, string> => {
  const international = number.formatInternational();
  const national = number.formatNational();
  const hasTrunkZero = national.replace(/\D/gu, '') === `0${number.nationalNumber}`;
  return {
    'E.164': number.number,
    'with spaces': international,
    national,
    'with dashes': international.replaceAll(' ', '-'),
    'with parentheses': international.replace(/^(\+\d+) /u, hasTrunkZero ? '$1 (0)' : '($1) '),
    'with 00': international.replace('+', '00'),
  };
};
