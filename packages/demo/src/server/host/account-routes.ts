import type { App, Parts } from '../app.ts';
import { findMember } from './member.ts';

/** What only a member sees, null for others: given by the server to a session, so a page that is lied to shows nothing. */
export const accountRoutes = (app: App, { backend, bank }: Parts): void => {
  app.get('/demo/account', async (context) => {
    const member = await findMember(context, backend);
    if (!member) return context.json(null);
    const { userId, identifiers, expiresAt } = member.session;
    const held = await backend.users.factors(userId);
    return context.json({ name: identifiers[0]?.value ?? '', expiresAt, held, ...bank.account(userId) });
  });
};
