import type { App, Parts } from '../app.ts';
import { accountOf } from './accounts.ts';
import { readSession } from './session-cookie.ts';

/** What is behind the second factor: given by the server to a verified session, so a page that is lied to shows nothing. */
export const accountRoutes = (app: App, { sessions }: Parts): void => {
  app.get('/demo/account', (context) => {
    const session = readSession(context, sessions);
    if (!session) return context.json({ error: 'signed-out' }, 401);
    if (session.authTime === null) return context.json({ error: 'unverified' }, 403);
    return context.json(accountOf(session.user, Date.now()));
  });
};
