/** A country that can be picked. */
export interface Country {
  /** ISO 3166 code. */
  code: string;
  /** Its name in the person's language. */
  name: string;
  /** Its calling code, without `+`. */
  callingCode: string;
}

const fold = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Countries whose name, code or calling code answers a query; those that begin with it come first. */
export const filterCountries = (countries: readonly Country[], query: string): readonly Country[] => {
  const wanted = fold(query.trim()).replace(/^(?:\+|00)/u, '');
  if (!wanted) return countries;
  const begins = ({ code, name, callingCode }: Country): boolean =>
    fold(name).startsWith(wanted) || code.toLowerCase() === wanted || callingCode.startsWith(wanted);
  const contains = (country: Country): boolean => !begins(country) && fold(country.name).includes(wanted);
  return [...countries.filter(begins), ...countries.filter(contains)];
};

/** Which option a key leads to; null if the key is not for the list. */
export const moveActive = (key: string, index: number, count: number): number | null => {
  const targets: Record<string, number> = {
    ArrowDown: index + 1,
    ArrowUp: index - 1,
    PageDown: Math.min(index + 8, count - 1),
    PageUp: Math.max(index - 8, 0),
    Home: 0,
    End: count - 1,
  };
  const target = targets[key];
  return target === undefined || count === 0 ? null : (target + count) % count;
};
