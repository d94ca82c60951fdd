import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

/**
 * The client's address. Each of the server's own proxies adds to `X-Forwarded-For` whom it heard from, so the address is
 * as many places from the right as there are proxies; what stands further left is whatever the client wrote.
 */
export const clientAddress = ({ headers, socket }: Pick<IncomingMessage, 'headers' | 'socket'>, proxies: number) => {
  const own = socket.remoteAddress ?? '';
  const told = [headers['x-forwarded-for'] ?? []].flat().join(',');
  const hops = [...told.split(',').map((hop) => hop.trim()), own].filter(Boolean);
  // Fewer places than proxies: the request did not come through them, and may claim anything.
  const hop = hops.at(-1 - proxies) ?? own;
  return isIP(hop) === 0 ? own : hop;
};
