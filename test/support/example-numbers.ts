import google, { type PhoneNumberType as NumberType } from 'google-libphonenumber';

const { PhoneNumberFormat, PhoneNumberType, PhoneNumberUtil } = google;

/** A number that Google's own library gives as an example, with what that library says of it. */
export interface ExampleNumber {
  e164: string;
  /** ISO 3166-1 alpha-2; null for a number of no region. */
  region: string | null;
  type: keyof typeof NumberType;
}

const util = PhoneNumberUtil.getInstance();

const typeNames = Object.keys(PhoneNumberType).filter((name) => Number.isNaN(Number(name)));

const nameOf = (type: NumberType): ExampleNumber['type'] =>
  typeNames.find((name) => Reflect.get(PhoneNumberType, name) === type) as ExampleNumber['type'];

/** One for each region and type that there is. */
export const exampleNumbers: readonly ExampleNumber[] = util.getSupportedRegions().flatMap((region) =>
  typeNames.flatMap((name) => {
    const example = util.getExampleNumberForType(region, Reflect.get(PhoneNumberType, name));
    if (!example) return [];
    const e164 = util.format(example, PhoneNumberFormat.E164);
    return [{ e164, region: util.getRegionCodeForNumber(example) ?? null, type: nameOf(util.getNumberType(example)) }];
  }),
);
