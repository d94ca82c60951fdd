/** Which comes first decides: several browsers carry the names of others. */
const browsers = [
  ['Edg', 'Edge'],
  ['OPR', 'Opera'],
  ['SamsungBrowser', 'Samsung Internet'],
  ['Firefox', 'Firefox'],
  ['FxiOS', 'Firefox'],
  ['CriOS', 'Chrome'],
  ['Chrome', 'Chrome'],
  ['Safari', 'Safari'],
] as const;

const systems = [
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Android', 'Android'],
  ['Windows', 'Windows'],
  ['Mac OS X', 'macOS'],
  ['CrOS', 'ChromeOS'],
  ['Linux', 'Linux'],
] as const;

const find = (names: readonly (readonly [string, string])[], text: string): string[] =>
  names.flatMap(([mark, name]) => (text.includes(mark) ? [name] : [])).slice(0, 1);

/** What a person may know a browser by (`Firefox, Linux`), from its `User-Agent`; empty where nothing is known. */
export const nameDevice = (userAgent: string): string =>
  [...find(browsers, userAgent), ...find(systems, userAgent)].join(', ');
