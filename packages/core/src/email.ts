/** What browsers accept in `<input type="email">` (HTML, "valid e-mail address"), with a dot in the domain. */
const pattern =
  /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?)+$/u;

/** Longest address that can be mailed to (RFC 5321 §4.5.3.1.3, without the angle brackets). */
const maximum = 254;

/** The domain as it is looked up: lower case, and international letters in their ASCII form. */
const asciiDomain = (domain: string): string => {
  const url = `http://${domain}`;
  // A port or a path would be read too, and left out.
  const isName = /^[\p{L}\p{M}\p{N}.-]+$/u.test(domain);
  return isName && URL.canParse(url) ? new URL(url).hostname : '';
};

/**
 * Reads an e-mail address; null when nothing can be mailed to it. The result is lower case throughout, the one form
 * that is stored and compared: two people never share a mailbox that differs in case only.
 */
export const readEmail = (text: string): string | null => {
  const typed = text.trim().normalize('NFC');
  const at = typed.lastIndexOf('@');
  const address = `${typed.slice(0, Math.max(at, 0)).toLowerCase()}@${asciiDomain(typed.slice(at + 1))}`;
  return address.length <= maximum && pattern.test(address) ? address : null;
};
