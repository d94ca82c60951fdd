/** A day as the reader writes it. */
export const dateText = (time: string): string =>
  new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' }).format(Date.parse(time));
