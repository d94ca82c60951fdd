import type { Parts } from '../parts.ts';
import { sessionToken } from '../session/new-session.ts';
import type { FlowRow } from '../store/rows.ts';
import { sessionCookie, type SetCookie } from './peer.ts';

/** The cookie of the session that a flow ended with; given again for as long as the flow's end can be read. */
export const sessionCookies = async (parts: Parts, { position, browserHash }: FlowRow): Promise<SetCookie[]> => {
  if (browserHash === null || position.name !== 'complete' || position.result.type !== 'session') return [];
  return [{ name: sessionCookie, value: await sessionToken(parts, position.result.sessionId) }];
};
