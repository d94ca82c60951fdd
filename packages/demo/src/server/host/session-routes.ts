import * as v from 'valibot';
import type { App, Parts } from '../app.ts';
import { findPerson, inventPerson, people, type Person } from './people.ts';
import { readBody } from './read-body.ts';
import { clearSessionId, readSession, readSessionId, writeSessionId } from './session-cookie.ts';
import { endOf, type Session } from './sessions.ts';

const signIn = v.union([
  v.strictObject({ user: v.string() }),
  v.strictObject({ name: v.pipe(v.string(), v.trim(), v.normalize('NFC'), v.minLength(1), v.maxLength(40)) }),
]);

const personOf = (input: v.InferOutput<typeof signIn> | null): Person | undefined => {
  if (input === null) return undefined;
  return 'user' in input ? findPerson(input.user) : inventPerson(input.name);
};

/** Who is signed in, as the page may know it; `endsIn` is in seconds. */
const describe = (session: Session | null) => {
  if (session === null) return { user: null, people };
  const { user, authTime } = session;
  return { user, authTime, endsIn: Math.ceil((endOf(session) - Date.now()) / 1000) };
};

/** The host's own login: a pretended one, since it is the step after it that the demo is about. */
export const sessionRoutes = (app: App, { sessions }: Parts): void => {
  app.get('/demo/me', (context) => context.json(describe(readSession(context, sessions))));

  app.post('/demo/sign-in', async (context) => {
    const person = personOf(await readBody(context.req, signIn));
    if (!person) return context.json({ error: 'unknown-user' }, 400);
    sessions.end(readSessionId(context));
    const id = sessions.begin(person);
    writeSessionId(context, id);
    return context.json(describe(sessions.find(id)));
  });

  app.post('/demo/sign-out', (context) => {
    sessions.end(readSessionId(context));
    clearSessionId(context);
    return context.json(describe(null));
  });
};
