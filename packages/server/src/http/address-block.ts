/** The eight groups of an IPv6 address; null when it is none. */
const groupsOf = (address: string): string[] | null => {
  const url = `http://[${address.split('%', 1)[0] ?? ''}]`;
  if (!URL.canParse(url)) return null;
  const [head = '', tail] = new URL(url).hostname.slice(1, -1).split('::');
  const left = head.split(':').filter(Boolean);
  const right = (tail ?? '').split(':').filter(Boolean);
  return [...left, ...Array.from({ length: 8 - left.length - right.length }, () => '0'), ...right];
};

/** An IPv4 address that travels as IPv6 (`::ffff:192.0.2.7`, RFC 4291 §2.5.5.2). */
const mapped = (groups: readonly string[]): string | null => {
  if (groups.slice(0, 5).some((group) => group !== '0') || groups[5] !== 'ffff') return null;
  const [high = 0, low = 0] = groups.slice(6).map((group) => Number.parseInt(group, 16));
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
};

/**
 * The block that an address shares with others of the same holder, under which failures are counted: /24 for IPv4, /64
 * for IPv6, of which any home has a whole one.
 */
export const addressBlock = (address: string): string => {
  const groups = address.includes(':') ? groupsOf(address) : null;
  const v4 = groups === null ? address : mapped(groups);
  return v4 === null ? `${(groups ?? []).slice(0, 4).join(':')}::/64` : `${v4.split('.').slice(0, 3).join('.')}.0/24`;
};
