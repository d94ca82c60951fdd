import assert from 'node:assert/strict';
import { test } from 'node:test';
import { email } from '@countersign/factors/email/server';
import { sms } from '@countersign/factors/sms/server';
import { totp } from '@countersign/factors/totp/server';
import { backupCodes } from '@countersign/factors/backup-codes/server';
import { createTestKit, type Reply } from '@countersign/server/testing';
import { Validator } from '@seriousme/openapi-schema-validator';
import * as v from 'valibot';
import { actionSchema, flowSchema, problemSchema } from '../../packages/server/src/openapi/flow-schema.ts';
import { ada, adasPhone, mandatory, signIn, signUp } from '../support/primary.ts';

const contracts = [sms().contract, email().contract, totp().contract, backupCodes().contract];
const schemas = { flow: flowSchema(contracts), problem: problemSchema(contracts), action: actionSchema(contracts) };

const documentOf = async () => {
  const kit = await createTestKit();
  const response = await kit.browser()(`${kit.base}/openapi.json`);
  assert.equal(response.status, 200);
  return (await response.json()) as { paths: Record<string, object>; components: { schemas: Record<string, object> } };
};

test('J11: the document is OpenAPI 3.1', async () => {
  const document = await documentOf();
  const { valid, errors } = await new Validator().validate(document);
  assert.ok(valid, JSON.stringify(errors));
});

test('J11: every route is in it, and it lists nothing that does not answer', async () => {
  const { paths } = await documentOf();
  const kit = await createTestKit();
  for (const [path, methods] of Object.entries(paths)) {
    for (const method of Object.keys(methods)) {
      const init = {
        method: method.toUpperCase(),
        headers: { 'content-type': 'application/json' },
        ...(method.startsWith('p') && { body: '{}' }),
      };
      const response = await kit.browser()(`${kit.base}${path}`, init);
      const body: unknown = response.status === 404 ? await response.json() : null;
      assert.ok(!v.is(v.object({ code: v.literal('request.not_found') }), body), `${method} ${path}`);
    }
  }
  assert.equal(Object.values(paths).flatMap((methods) => Object.keys(methods)).length, 27);
});

test('J11: each step and refusal of a sign-up and a sign-in is as the document says', async () => {
  const kit = await createTestKit({ settings: mandatory });
  const seen = new Set<string>();
  const check = (reply: Reply): void => {
    const { flow } = reply;
    v.parse(schemas.flow, flow);
    seen.add(flow.step.name);
    if (reply.status >= 400) v.parse(schemas.problem, reply.body);
  };
  const watched = () => {
    const visitor = kit.visitor();
    const { act, look, begin } = visitor;
    const watch =
      <Args extends unknown[]>(call: (...args: Args) => Promise<Reply>) =>
      async (...args: Args): Promise<Reply> => {
        const reply = await call(...args);
        check(reply);
        return reply;
      };
    return Object.create(visitor, {
      act: { value: watch(act) },
      look: { value: watch(look) },
      begin: { value: watch(begin) },
    }) as typeof visitor;
  };
  const first = watched();
  await signUp(kit, first, { identifier: ada, until: 'enter-code' });
  await first.act({ type: 'submit-code', code: '000000' });
  await signUp(kit, watched(), { identifier: adasPhone });
  kit.clock.advance(60_000);
  const second = watched();
  await second.begin('sign-in');
  await second.act({ type: 'identify', identifier: adasPhone });
  await signIn(kit, second, { identifier: adasPhone, until: 'verify-factor' });
  await second.act({ type: 'switch' });
  assert.deepEqual([...seen].toSorted(), [
    'choose-factor',
    'complete',
    'enter-code',
    'enter-password',
    'identify',
    'save-backup-codes',
    'set-password',
    'verify-factor',
  ]);
});

test('J11: each step of the e-mail factor is as the document says', async () => {
  const kit = await createTestKit({ settings: { factors: ['email'] } });
  const setup = kit.visitor();
  await setup.claim((await kit.begin({ kind: 'setup' })).token);
  v.parse(schemas.flow, setup.flow);
  const refusal = await setup.act({ type: 'submit-email', email: 'ada' });
  v.parse(schemas.problem, refusal.body);
  await setup.act({ type: 'submit-email', email: ada.value });
  v.parse(schemas.flow, setup.flow);
  await setup.act({ type: 'submit-code', code: kit.inbox.code() });
  const verify = kit.visitor();
  await verify.claim((await kit.begin()).token);
  v.parse(schemas.flow, verify.flow);
});

test('J11: it names every action of the engine and of the factors, each with its payload', () => {
  const id = crypto.randomUUID();
  for (const action of [
    { type: 'identify', identifier: ada, password: 'x' },
    { type: 'submit-phone', phone: '+31612345678' },
    { type: 'submit-email', email: ada.value },
    { type: 'submit-code', code: '123456' },
    { type: 'acknowledge' },
    { type: 'turn-on' },
  ]) {
    assert.ok(v.is(schemas.action, { ...action, id, step: 'stp_1' }), action.type);
  }
  assert.ok(!v.is(schemas.action, { type: 'submit-phone', id, step: 'stp_1' }));
});
