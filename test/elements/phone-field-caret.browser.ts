import type { CountryCode } from 'libphonenumber-js/max';
import { expect } from 'chai';
import { everyRegion, exampleOf } from './support/example-phones.ts';
import { isLong, tell } from './support/long-run.ts';
import { hide, press, type } from './support/page.ts';
import { digitsAround, input, open, placeCaret } from './support/phone-field.ts';

const regions: readonly CountryCode[] = isLong ? everyRegion : ['AR', 'DE', 'GB', 'HU', 'JP', 'US'];

/** Places in a number to try: behind the second digit, in the middle, and before the last one; all of them in the long run. */
const placesIn = (count: number): number[] =>
  isLong ? Array.from({ length: count - 2 }, (_, index) => index + 2) : [2, Math.floor(count / 2), count - 1];

let places = 0;

/** Puts a digit there and takes it away again, and then those before and behind. */
const editAt = async (digits: string, at: number): Promise<void> => {
  const head = digits.slice(0, at);
  const tail = digits.slice(at);
  const expectAround = (...around: string[]): void => {
    expect(digitsAround(), `${head}|${tail} in ${input().value}`).to.deep.equal(around);
  };
  placeCaret(at);
  await type('7');
  expectAround(`${head}7`, tail);
  expect(input().value.at((input().selectionStart ?? 0) - 1)).to.equal('7');
  await press('Backspace');
  expectAround(head, tail);
  await press('Backspace');
  expectAround(head.slice(0, -1), tail);
  await type(head.slice(-1));
  expectAround(head, tail);
  await press('Delete');
  expectAround(head, tail.slice(1));
  await type(tail.slice(0, 1));
  expectAround(head + tail.slice(0, 1), tail.slice(1));
  places += 1;
};

describe('phone field', () => {
  afterEach(hide);

  for (const region of regions) {
    it(`keeps the caret where a number of ${region} is edited`, async () => {
      const number = exampleOf(region);
      for (const text of [number.formatInternational(), number.formatNational()]) {
        await open({ country: region });
        await type(text);
        const [digits] = digitsAround();
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
    for (let left = 9; left >= 0; left -= 1) {
      await press('Backspace');
      expect(digitsAround()).to.deep.equal(['2133734253'.slice(0, left), '']);
    }
    expect(input().value).to.equal('');
  });

  if (isLong) {
    after(() => tell(`${regions.length} regions, numbers edited at ${places} places with the caret where it belongs`));
  }
});
