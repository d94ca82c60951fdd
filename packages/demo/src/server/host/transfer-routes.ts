import type { Context } from 'hono';
import * as v from 'valibot';
import type { App, Parts } from '../app.ts';
import type { Transfer } from './bank.ts';
import { forMember, type Member } from './member.ts';
import { readBody } from './read-body.ts';
import { begin, type Reason, refuse } from './second-factor.ts';

const wish = v.strictObject({
  to: v.pipe(v.string(), v.trim(), v.normalize('NFC'), v.minLength(1), v.maxLength(60)),
  /** In cents. */
  amount: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000_000)),
});

const reasonOf = ({ id }: Transfer): Reason => ({ kind: 'verify', what: `transfer ${id}` });

/** A transfer of the member that waits to be confirmed, and what is done with it. */
type Answer = (transfer: Transfer, member: Member, context: Context) => Response | Promise<Response>;

/** Sending money: prepared first, and carried out for a proof that was made for this very transfer. */
export const transferRoutes = (app: App, parts: Parts): void => {
  const { backend, bank } = parts;

  const forWaiting = (answer: Answer) =>
    forMember(backend, (context, member) => {
      const transfer = bank.waiting(member.session.userId, context.req.param('id') ?? '');
      return transfer ? answer(transfer, member, context) : context.json({ error: 'unknown-transfer' }, 404);
    });

  app.post(
    '/demo/transfers',
    forMember(backend, async ({ req, json }, { session }) => {
      const input = await readBody(req, wish);
      if (input === null) return json({ error: 'malformed' }, 400);
      const transfer = bank.prepare(session.userId, input);
      return transfer ? json(transfer, 201) : json({ error: 'balance' }, 422);
    }),
  );

  app.get(
    '/demo/transfers/:id',
    forWaiting((transfer, _member, { json }) => json(transfer)),
  );

  app.post(
    '/demo/transfers/:id/begin',
    forWaiting(async (transfer, member, { json }) => json({ token: await begin(parts, member, reasonOf(transfer)) })),
  );

  app.post(
    '/demo/transfers/:id/confirm',
    forWaiting(async (transfer, member, context) => {
      const refusal = await refuse(parts, member, { ...reasonOf(transfer), context });
      if (refusal) return refusal;
      bank.carryOut(member.session.userId, transfer.id);
      return context.json({ ok: true });
    }),
  );
};
