import type { CountryCode } from 'libphonenumber-js/max';
import { expect } from 'chai';
import { everyRegion, exampleOf, notationsOf, readByServer } from './support/example-phones.ts';
import { casesOf, isLong, tell } from './support/long-run.ts';
import { find, hide, paste, type } from './support/page.ts';
import { digitsOf, open, startAgain, watch } from './support/phone-field.ts';

/** Regions whose numbers are written in an unusual way, or share their calling code with others. */
const telling = 'AR DE GB JP US AX BJ BR CI GG HU IN IT JM KZ MX RU SG SM TA'.split(' ') as CountryCode[];

const regions = casesOf(everyRegion, telling, 5);

/** What was typed so far, as the field is meant to write it. */
const meant = (typed: string): string => digitsOf(typed.replace(/^00/u, '+').replace(/^\(/u, ''));

/** Types the text, and gives what stood around the caret where that is not what was typed before it. */
const typeCarefully = async (text: string): Promise<string[]> => {
  const seen = await watch(() => type(text));
  expect(seen, 'keys').to.have.length(text.length);
  return seen.flatMap(([before, after], index) =>
    digitsOf(before) === meant(text.slice(0, index + 1)) && after === '' ? [] : [`${before}|${after}`],
  );
};

const value = (): string => String(new FormData(find<HTMLFormElement>('form')).get('phone'));

describe('phone field', () => {
  afterEach(hide);

  for (const region of regions) {
    it(`takes a number of ${region} in six notations, with the caret behind each digit that is typed`, async () => {
      const number = exampleOf(region);
      await open({ country: region });
      for (const [notation, text] of Object.entries(notationsOf(number))) {
        await startAgain(region);
        expect(await typeCarefully(text), `${notation}: ${text}`).to.deep.equal([]);
        expect(readByServer(value())?.e164, `${notation}, typed: ${text}`).to.equal(number.number);
        await startAgain(region);
        await paste(text);
        expect(readByServer(value())?.e164, `${notation}, pasted: ${text}`).to.equal(number.number);
      }
    });
  }

  if (isLong) {
    after(() => {
      const texts = regions.flatMap((region) => Object.values(notationsOf(exampleOf(region))));
      return tell(
        `${regions.length} regions, ${texts.length} notations typed with ${texts.join('').length} keys, and pasted`,
      );
    });
  }
});
