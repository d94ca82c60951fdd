import type { CountryCode } from 'libphonenumber-js/max';
import { expect } from 'chai';
import { exampleOf, mayBeOf, readByServer, regionsOf, sharedCodes } from './support/example-phones.ts';
import { casesOf, isLong, tell } from './support/long-run.ts';
import { hide, type } from './support/page.ts';
import { field, input, open, startAgain } from './support/phone-field.ts';

const callingCodes = casesOf(sharedCodes, ['358', '7', '1', '39', '44', '47', '61', '212', '262', '590', '599'], 2);
const telling: readonly CountryCode[] = ['US', 'CA', 'DO', 'JM', 'PR'];

const regionsFor = (callingCode: string): readonly CountryCode[] =>
  callingCode === '1' && !isLong ? telling : regionsOf(callingCode);

/** The plans that browsers load don't tell these from the country that their calling code is named after. */
const untold: readonly CountryCode[] = ['IM'];

/** The country to be shown when somebody chose one and typed this number: the digits decide, and where they don't, the choice. */
const rightCountry = (chosen: CountryCode, e164: string, main: CountryCode | undefined): CountryCode | null => {
  const told = readByServer(e164)?.country ?? null;
  const isOpen = told === main && (untold.includes(chosen) || mayBeOf(chosen, e164));
  return isOpen ? chosen : told;
};

/** The countries that the field shows from the first key to the last. */
const countriesWhile = async (typed: string): Promise<string[]> => {
  const shown = new Set([field().country]);
  const look = (): void => void shown.add(field().country);
  input().addEventListener('input', look);
  await type(typed);
  return [...shown];
};

describe('phone field', () => {
  afterEach(hide);

  for (const callingCode of callingCodes) {
    const regions = regionsFor(callingCode);
    const [main] = regionsOf(callingCode);

    it(`goes from the chosen country of +${callingCode} to that of the number, and nowhere between: ${regions.join(', ')}`, async () => {
      await open({});
      for (const chosen of regions) {
        for (const { number } of regions.map(exampleOf)) {
          await startAgain(chosen);
          const right = rightCountry(chosen, number, main);
          const expected = right === chosen ? [chosen] : [chosen, right];
          expect(await countriesWhile(number), `${number} where ${chosen} was chosen`).to.deep.equal(expected);
        }
      }
    });
  }

  if (isLong) {
    after(() => {
      const counts = callingCodes.map((code) => regionsFor(code).length);
      const pairs = counts.reduce((sum, count) => sum + count ** 2, 0);
      return tell(`${callingCodes.length} shared calling codes, ${pairs} pairs of chosen country and number`);
    });
  }
});
