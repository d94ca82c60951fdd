import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestKit, type TestKit, type Visitor } from '@countersign/server/testing';
import { openBrowser } from '../support/open-browser.ts';
import { ada, mandatory, signIn, signUp } from '../support/primary.ts';

/** Ada's phone is bound; somebody has her password and stands before the code, in a browser whose cookies can be seen. */
const halfway = async (): Promise<{ kit: TestKit; visitor: Visitor; jar: Map<string, string> }> => {
  const kit = await createTestKit({ settings: mandatory });
  await signUp(kit, kit.visitor(), {});
  kit.clock.advance(61_000);
  const { fetcher, jar } = openBrowser(kit);
  const visitor = kit.visitor(fetcher);
  await signIn(kit, visitor, { until: 'verify-factor' });
  return { kit, visitor, jar };
};

test('D1: nothing that names something else is the token of a flow [GHSA-5vfx-8w6m-h3v4]', async () => {
  const { kit, visitor, jar } = await halfway();
  const { flow } = visitor;
  const others = [
    flow.id,
    flow.step.id,
    ...jar.values(),
    'ada',
    '0',
    '1',
    '-1',
    '1e3',
    'null',
    visitor.token.slice(0, -1),
  ];
  for (const token of others) {
    const headers = { authorization: `Bearer ${token}` };
    const { status } = await visitor.fetch(`${kit.base}/flows/current`, { headers });
    assert.ok([401, 404].includes(status), `${token}: ${status}`);
  }
  assert.equal((await visitor.look()).status, 200);
});

test('D6, C9: nobody has a code sent, or verifies, for somebody else without their first factor [CVE-2026-115829]', async () => {
  const { kit } = await halfway();
  const sent = kit.inbox.messages.length;
  const visitor = kit.visitor();
  for (const request of [{ kind: 'verify' }, { kind: 'setup' }, { kind: 'verify', userId: 'ada' }]) {
    const reply = await visitor.begin(request as { kind: 'setup' });
    assert.ok([400, 401].includes(reply.status), JSON.stringify([request, reply.status]));
  }
  await visitor.begin('sign-in');
  assert.equal((await visitor.act({ type: 'identify', identifier: ada })).flow.step.name, 'enter-password');
  assert.equal(kit.inbox.messages.length, sent);
});
