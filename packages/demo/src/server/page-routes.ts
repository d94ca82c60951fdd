import { fileURLToPath } from 'node:url';
import { serveStatic } from '@hono/node-server/serve-static';
import type { MiddlewareHandler } from 'hono';
import type { App } from './app.ts';

/** Where Vite puts the page; the same seen from `src/server` and from `dist/server`. */
const root = fileURLToPath(new URL('../../dist/page', import.meta.url));

/** Nothing but what the page itself is made of; Lit turns its own templates into HTML under the policy `lit-html`. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types lit-html',
].join('; ');

const pageHeaders: MiddlewareHandler = async ({ header }, next) => {
  header('Content-Security-Policy', contentSecurityPolicy);
  header('Cross-Origin-Opener-Policy', 'same-origin');
  header('Referrer-Policy', 'no-referrer');
  header('X-Content-Type-Options', 'nosniff');
  header('Cache-Control', 'no-cache');
  await next();
};

/** The addresses of the page; which view is shown there, the page itself decides. */
const addresses = [
  '/',
  '/sign-up',
  '/reset-password',
  '/recover',
  '/security',
  '/add-phone',
  '/transfer',
  '/transfer/:id',
];

/** The page, and the files it is made of. */
export const pageRoutes = (app: App): void => {
  const page = serveStatic({ root, path: 'index.html' });
  app.use('*', pageHeaders);
  for (const address of addresses) app.get(address, page);
  app.get('/favicon.svg', serveStatic({ root }));
  // Where password managers send who wants another password (W3C "A Well-Known URL for Changing Passwords").
  app.get('/.well-known/change-password', ({ redirect }) => redirect('/reset-password'));
  app.get(
    '/assets/*',
    serveStatic({
      root,
      // Their names carry a hash of what is in them.
      onFound: (_path, { header }) => header('Cache-Control', 'public, max-age=31536000, immutable'),
    }),
  );
  app.notFound(({ text }) => text('There is nothing here. Go to / instead.', 404));
};
