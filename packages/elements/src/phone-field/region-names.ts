/** Names regions in a language, or in English where there is no such language; a code without a name stays a code. */
export const regionNames = (language: string): ((code: string) => string) => {
  try {
    const names = new Intl.DisplayNames([language, 'en'], { type: 'region' });
    return (code) => names.of(code) ?? code;
  } catch {
    return regionNames('en');
  }
};
