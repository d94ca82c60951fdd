import type { App, Parts } from '../app.ts';
import { forMember } from './member.ts';
import { begin, type Reason, refuse } from './second-factor.ts';

const reason: Reason = { kind: 'setup', what: 'another phone', factor: 'sms' };

/** Adding a phone; the flow itself asks for one that is held before. */
export const phoneRoutes = (app: App, parts: Parts): void => {
  app.post(
    '/demo/phones/begin',
    forMember(parts.backend, async ({ json }, member) => json({ token: await begin(parts, member, reason) })),
  );

  app.post(
    '/demo/phones',
    forMember(
      parts.backend,
      async (context, member) => (await refuse(parts, member, { ...reason, context })) ?? context.json({ ok: true }),
    ),
  );
};
