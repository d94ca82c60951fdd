import type { CountryCode } from 'libphonenumber-js/max';
import { expect } from 'chai';
import { everyRegion, exampleOf } from './support/example-phones.ts';
import { casesOf, isLong, tell } from './support/long-run.ts';
import { hide, press, type } from './support/page.ts';
import { digitsOf, input, open, placeCaret, startAgain, watch } from './support/phone-field.ts';

const regions = casesOf<CountryCode>(everyRegion, ['DE', 'JP', 'US', 'AR', 'GB', 'HU'], 3);

/** Places in a number to edit at: behind the second digit, in the middle, and before the last; in the long run all. */
const placesIn = (count: number): number[] =>
  isLong ? Array.from({ length: count - 2 }, (_, index) => index + 2) : [2, Math.floor(count / 2), count - 1];

let places = 0;

/** Puts a digit there and takes it away again, and then the one before and the one behind. */
const editAt = async (digits: string, at: number): Promise<void> => {
  const [head, last, next, tail] = [digits.slice(0, at - 1), digits.at(at - 1), digits.at(at), digits.slice(at + 1)];
  placeCaret(at);
  const seen = await watch(() => press('7', 'Backspace', 'Backspace', last ?? '', 'Delete', next ?? ''));
  const around = seen.map(([before, behind]) => `${digitsOf(before)}|${digitsOf(behind)}`);
  expect(around, `at ${at} of ${digits}`).to.deep.equal([
    `${head}${last}7|${next}${tail}`,
    `${head}${last}|${next}${tail}`,
    `${head}|${next}${tail}`,
    `${head}${last}|${next}${tail}`,
    `${head}${last}|${tail}`,
    `${head}${last}${next}|${tail}`,
  ]);
  const [[typed] = ['']] = seen;
  expect(typed, 'nothing stands between the digit and the caret').to.match(/7$/u);
  places += 1;
};

describe('phone field', () => {
  afterEach(hide);

  for (const region of regions) {
    it(`keeps the caret where a number of ${region} is edited`, async () => {
      const number = exampleOf(region);
      await open({});
      for (const text of [number.formatInternational(), number.formatNational()]) {
        await startAgain(region);
        await type(text);
        const digits = digitsOf(input().value);
        for (const at of placesIn(digits.length)) await editAt(digits, at);
      }
    });
  }

  it('takes a digit when only a separator stood before the caret, or behind it', async () => {
    await open({ country: 'US' });
    await type('2133734');
    input().setSelectionRange(6, 6);
    await press('Backspace');
    expect([input().value, input().selectionStart]).to.deep.equal(['(213) 734', 3]);
    input().setSelectionRange(4, 4);
    await press('Delete');
    expect(input().value).to.equal('(213) 34');
  });

  it('empties the field digit by digit', async () => {
    await open({ country: 'US' });
    await type('2133734253');
    const seen = await watch(() => press(...Array.from({ length: 10 }, () => 'Backspace')));
    const left = Array.from({ length: 10 }, (_, index) => '2133734253'.slice(0, 9 - index));
    expect(seen.map(([before, behind]) => [digitsOf(before), behind])).to.deep.equal(
      left.map((digits) => [digits, '']),
    );
    expect(input().value).to.equal('');
  });

  if (isLong) {
    after(() => tell(`${regions.length} regions, numbers edited at ${places} places with the caret where it belongs`));
  }
});
