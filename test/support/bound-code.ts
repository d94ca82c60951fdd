/** What a phone takes out of a message, and the site that it offers it to. */
export interface BoundCode {
  host: string;
  code: string;
}

/**
 * Reads a message as phones do: only its last line counts, `@host #code` with one space (WICG "Origin-bound one-time
 * codes delivered via SMS", §3.2). Null where it is bound to no site.
 */
export const readBoundCode = (text: string): BoundCode | null => {
  const last = text.split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/u).at(-1) ?? '';
  const [, host, code] = /^@([^\s@#]+) #([^\s]+)$/u.exec(last) ?? [];
  return host === undefined || code === undefined ? null : { host, code };
};
