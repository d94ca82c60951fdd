import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createClient } from '@countersign/client';
import { sms } from '@countersign/factors/sms/client';
import { memoryStore } from '@countersign/server';
import { createTestKit, drive, type TestKit } from '@countersign/server/testing';
import { proofOf } from './support/proof-of.ts';
import { assertHas } from './support/assert-has.ts';

const home = '+31612345678';
const work = '+31687654321';

const bindTwoPhones = async (kit: TestKit): Promise<void> => {
  await drive(kit).bind({ phone: home });
  const visitor = kit.visitor();
  await visitor.claim((await kit.begin({ kind: 'setup' })).token);
  await visitor.act({ type: 'submit-code', code: kit.inbox.code(home) });
  await visitor.act({ type: 'submit-phone', phone: work });
  await visitor.act({ type: 'submit-code', code: kit.inbox.code(work) });
};

/** A `fetch` that notes what goes to the server. */
const noting = (inner: typeof fetch) => {
  const requests: { path: string; body: unknown }[] = [];
  const outer: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    const text = await request.clone().text();
    requests.push({ path: new URL(request.url).pathname, body: text ? JSON.parse(text) : null });
    return inner(request);
  };
  return { fetch: outer, requests };
};

/** The ten steps of docs/architecture.md, "How a code travels"; the numbers are the same there. */
test('how a code travels', async () => {
  const store = memoryStore();
  const kit = await createTestKit({ store });
  await bindTwoPhones(kit);
  const { fetch, requests } = noting(kit.browser());
  const begin = async () => (await kit.begin({ kind: 'verify' })).token;
  const client = createClient({
    factors: [sms()],
    kind: 'verify',
    begin,
    base: kit.base,
    fetch,
    storage: null,
    now: kit.clock.now,
  });
  await client.start();
  const list = await client.act({ type: 'switch' });
  assert.ok(list.name === 'ready' && list.view.flow.step.name === 'choose-factor');
  const choice = list.view.flow.step.held.find(({ target }) => target === '•••• 21');
  assert.ok(choice);

  // 1. The person chooses the other number: the machine goes to `sending`, and has one thing to be done.
  const sentBefore = kit.inbox.messages.length;
  const answered = client.act({ type: 'choose', factorId: choice.id });
  assert.equal(client.state.name, 'sending');

  // 2. One request, with an id of its own, that names the step it answers.
  const chosen = await answered;
  const request = requests.at(-1);
  assert.equal(request?.path, '/api/v1/flows/current/actions');
  assertHas(request?.body, { type: 'choose', factorId: choice.id });

  // 3.–5. The server takes a slot, draws a code, commits flow and challenge together, then lets the connector send.
  assert.equal(kit.inbox.messages.length, sentBefore + 1);
  const message = kit.inbox.messages.at(-1);
  assertHas(message, { to: work, usage: 'MfaVerification' });
  assert.match(message?.text ?? '', /^Your Acme code is \d{6}\. .*\n\n@localhost #\d{6}$/u);

  // 6., 7. The answer tells what a person needs, and nothing that helps a thief.
  assert.ok(chosen.name === 'ready');
  const { step } = chosen.view.flow;
  assertHas(step, {
    name: 'verify-factor',
    stage: 'code',
    target: '•••• 21',
    codeLength: 6,
    attemptsLeft: 5,
    delivery: 'accepted',
  });
  assert.ok(!JSON.stringify(step).includes(message?.code ?? '?'));

  // 8. The code reaches the phone, and comes back as people paste it.
  const code = kit.inbox.code(work);
  const pasted = `${code.slice(0, 3)} ${code.slice(3)}`;

  // 9. A wrong code is counted before it is compared; the machine stays at the step, with the refusal.
  const wrong = await client.act({ type: 'submit-code', code: code === '000000' ? '111111' : '000000' });
  assert.ok(wrong.name === 'ready' && wrong.problem?.code === 'verification_code.code_mismatch');
  assert.equal(wrong.problem.attemptsLeft, 4);

  // 10. The right one ends the flow, and the host redeems what it gives.
  const done = await client.act({ type: 'submit-code', code: pasted });
  assert.ok(done.name === 'complete');
  const redeemed = await kit.backend.proofs.verify(proofOf(done.view.flow), {
    userId: 'ada',
    audience: kit.origin,
    nonce: 'nonce',
    kind: 'verify',
  });
  assertHas(redeemed, { sub: 'ada', mfa: true, amr: ['pwd', 'sms', 'mfa'], factors: ['sms'] });
});
