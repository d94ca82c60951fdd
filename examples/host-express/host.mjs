/**
 * A host with a login of its own, with Express: its password first, Countersign's second factor next.
 *
 *     npm install express countersign
 *     COUNTERSIGN_URL=http://127.0.0.1:3000 COUNTERSIGN_KEY=... node host.mjs
 *
 * COUNTERSIGN_KEY is an administrator's key with the scope `flows`. ELEMENTS is the folder of countersign.min.js.
 */
import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';
import express from 'express';

const { PORT = '8000', COUNTERSIGN_URL: backend = 'http://127.0.0.1:3000', COUNTERSIGN_KEY: key } = process.env;
const { ORIGIN: origin = `http://localhost:${PORT}`, ELEMENTS = 'node_modules/countersign/dist/cdn' } = process.env;

const salt = randomBytes(16);
const hash = (password) => scryptSync(password, salt, 32);

/** Whatever the host has: a directory, a database. Here it is one user. */
const users = new Map([['ada', hash('lovelace')]]);
const nobody = hash(randomBytes(32));

/** Session id → {user, at, nonce, amr}; `amr` only once the proof was redeemed. */
const sessions = new Map();

const pageOf = (title, body) =>
  `<!doctype html><meta name="viewport" content="width=device-width"><title>${title}</title>${body}`;

const login = (message = '') =>
  pageOf(
    'Sign in',
    `<h1>Sign in</h1>${message}
    <form method="post" action="/login">
    <label>Name <input name="name" autocomplete="username" required></label>
    <label>Password <input name="password" type="password" autocomplete="current-password" required></label>
    <button>Sign in</button></form>`,
  );

const second = pageOf(
  'Second step',
  `<countersign-verify begin-url="/begin"></countersign-verify><script type="module" src="/second.js"></script>`,
);

const script = `import '/countersign/countersign.min.js';
addEventListener('countersign-complete', async ({ proof }) => {
  const { ok } = await fetch('/done', { method: 'POST', body: proof });
  location.assign(ok ? '/' : '/login');
});`;

const home = ({ user, amr }) =>
  pageOf(
    'Home',
    `<h1>Welcome, ${user}</h1><p>Signed in by ${amr.join(' + ')}.</p>
    <form method="post" action="/logout"><button>Sign out</button></form>`,
  );

const idOf = ({ headers }) => /(?:^|; )host-session=([\w-]+)/u.exec(headers.cookie ?? '')?.[1] ?? '';
const sessionOf = (request) => sessions.get(idOf(request));

/** A new id each time, so that one that was planted or seen before is worth nothing. */
const openSession = (request, response, session) => {
  sessions.delete(idOf(request));
  const id = randomBytes(32).toString('base64url');
  sessions.set(id, session);
  response.set('Set-Cookie', `host-session=${id}; Path=/; HttpOnly; SameSite=Lax`);
};

/** Asks the backend, from this server to that one. */
const ask = (path, body) =>
  fetch(`${backend}/api/v1${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify(body),
  });

const app = express();
app.disable('x-powered-by');

const passedOn = ['accept-language', 'authorization', 'content-type', 'cookie', 'origin', 'sec-fetch-site'];

/** The elements reach the backend on the page's own origin; what browsers say of themselves is passed on as it is. */
app.use('/api/v1', express.raw({ type: () => true, limit: '64kb' }), async (request, response) => {
  const { method, originalUrl, headers, body } = request;
  const kept = passedOn.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]]));
  const answer = await fetch(backend + originalUrl, { method, headers: kept, body: method === 'POST' ? body : null });
  response.status(answer.status);
  for (const name of ['content-type', 'cache-control', 'countersign-protocol', 'retry-after']) {
    if (answer.headers.has(name)) response.set(name, answer.headers.get(name));
  }
  response.set('Set-Cookie', answer.headers.getSetCookie());
  response.end(Buffer.from(await answer.arrayBuffer()));
});

app.use('/countersign', express.static(ELEMENTS));
app.get('/second.js', (_request, response) => response.type('text/javascript').send(script));

app.get('/{*path}', (request, response) => {
  const session = sessionOf(request);
  response.set('Cache-Control', 'no-store');
  if (!session) return response.send(login());
  response.send(session.amr ? home(session) : second);
});

app.use((request, response, next) => {
  if (request.headers.origin === origin) return next();
  response.status(403).send('another site sent this');
});

/** The host's own first factor; it opens nothing but the second step. */
app.post('/login', express.urlencoded({ extended: false }), (request, response) => {
  const { name = '', password = '' } = request.body ?? {};
  if (!timingSafeEqual(hash(String(password)), users.get(name) ?? nobody)) {
    return response.status(401).send(login('<p role="alert">That is not right.</p>'));
  }
  const nonce = randomBytes(32).toString('base64url');
  openSession(request, response, { user: name, at: new Date().toISOString(), nonce, amr: null });
  response.redirect(303, '/');
});

/** The user, the nonce and the audience are this server's: the page decides none of them. */
app.post('/begin', async (request, response) => {
  const session = sessionOf(request);
  if (!session) return response.status(401).json({});
  const { user: userId, at, nonce } = session;
  const firstFactor = { amr: ['pwd'], at };
  const begun = await ask('/admin/flows', { kind: 'sign-in', userId, firstFactor, audience: origin, nonce });
  if (!begun.ok) return response.status(502).json({});
  const { token } = await begun.json();
  response.json({ token });
});

/** Redeems the proof, and checks all that this host asked for. */
app.post('/done', express.text({ type: () => true }), async (request, response) => {
  const session = sessionOf(request);
  if (!session) return response.status(401).end();
  const answer = await ask('/proofs/redeem', { proof: request.body, audience: origin, nonce: session.nonce });
  const { sub, kind, mfa, amr } = await answer.json();
  const isRight = answer.ok && sub === session.user && kind === 'sign-in' && mfa === true;
  if (!isRight) return response.status(403).send('the proof was refused');
  openSession(request, response, { ...session, amr });
  response.status(204).end();
});

app.post('/logout', (request, response) => {
  sessions.delete(idOf(request));
  response.redirect(303, '/');
});

app.listen(Number(PORT), '127.0.0.1');
