/** First code points of the decimal digits that people's keyboards produce; each script has ten in a row. */
const zeros = [0x30, 0x660, 0x6f0, 0x966, 0x9e6, 0xff10] as const;

const toAscii = (char: string): string => {
  const point = char.codePointAt(0) ?? 0;
  const zero = zeros.find((start) => point >= start && point < start + 10);
  return zero === undefined ? char : String(point - zero);
};

/** Turns Arabic-Indic, Persian, Devanagari, Bengali and full-width decimal digits into ASCII; leaves the rest. */
export const toAsciiDigits = (text: string): string => Array.from(text, toAscii).join('');

/**
 * Finds the code in what was typed, pasted or filled in: `123 456`, `G-123456` and "Your code is 123456." all give
 * `123456`. A run of exactly `length` digits wins (the last one, if a text names a price first); else all digits are
 * taken, so that a code that is too long stays visibly wrong instead of being cut into a right one.
 */
export const readCode = (text: string, length: number): string => {
  const ascii = toAsciiDigits(text);
  const joined = ascii.replace(/(?<=\d)[\s\-–.·\u200e\u200f]+(?=\d)/gu, '');
  const exact = [...joined.matchAll(/\d+/gu)].map(([run]) => run).filter((run) => run.length === length);
  return exact.at(-1) ?? ascii.replace(/\D/gu, '');
};
