/** Crockford's base 32: no two of its symbols look alike, and those left out are read as what they look like. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** 16 symbols of 5 bits: 80 bits. */
const length = 16;
const groupLength = 4;

/** A new code of 80 bits to be read from paper, without dashes. */
export const newPaperCode = (random: (size: number) => Uint8Array): string =>
  Array.from(random(length), (byte) => alphabet[byte & 31]).join('');

/** In groups of four, as it is shown and written down. */
export const formatPaperCode = (code: string): string =>
  (code.match(new RegExp(`.{${groupLength}}`, 'gu')) ?? []).join('-');

/** Reads what was typed from paper, forgiving case, spaces, dashes and look-alikes; null when it can't be a code. */
export const readPaperCode = (typed: string): string | null => {
  const code = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}]/gu, '')
    .replaceAll('O', '0')
    .replace(/[IL]/gu, '1');
  return code.length === length && [...code].every((symbol) => alphabet.includes(symbol)) ? code : null;
};
