/** The language that an element's surroundings are written in. */
export const languageOf = (element: Element): string =>
  element.closest('[lang]')?.getAttribute('lang') || element.ownerDocument.documentElement.lang || 'en';

/** The first region that the person's languages name (`de-AT`) and that is allowed; empty if none does. */
export const guessRegion = (languages: readonly string[], allowed: readonly string[] | null): string => {
  if (allowed?.length === 1) return allowed[0] ?? '';
  const regions = languages.map((language) => /-([A-Z]{2})\b/u.exec(language)?.[1] ?? '');
  return regions.find((region) => region && (!allowed || allowed.includes(region))) ?? '';
};
