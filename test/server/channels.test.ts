import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestKit, drive, type TestKitOptions, type Visitor } from '@countersign/server/testing';
import { assertHas } from '../support/assert-has.ts';
import { byPhone } from '../support/strangers.ts';

const everyChannel = ['sms', 'voice', 'whatsapp', 'email'] as const;
const phone = '+31612345678';

/** A backend that reaches a phone in three ways, and somebody who adds theirs. */
const adding = async (options: TestKitOptions = {}) => {
  const kit = await createTestKit({ channels: everyChannel, origins: ['https://shop.example'], ...options });
  return { kit, visitor: await drive(kit).to('setup-phone') };
};

const resend = (visitor: Visitor, channel: string) => visitor.act({ type: 'resend', channel });

test('a call says the code digit by digit and twice, and a WhatsApp message once; neither has the line for a site', async () => {
  const { kit, visitor } = await adding();
  await visitor.act({ type: 'submit-phone', phone, channel: 'voice' });
  kit.clock.advance(60_000);
  await resend(visitor, 'whatsapp');
  kit.clock.advance(120_000);
  await resend(visitor, 'sms');
  const [call, chat, text] = kit.inbox.messages;
  const sentence = (code = '') =>
    `${code} is your code to set up 2-step verification at Acme. It expires in 5 minutes.`;
  const spelled = [...(call?.code ?? '')].join(', ');
  assert.match(spelled, /^(?:\d, ){5}\d$/u);
  assert.deepEqual(
    [call, chat, text].map((message) => [message?.channel, message?.text]),
    [
      ['voice', `${sentence(spelled)} ${sentence(spelled)}`],
      ['whatsapp', sentence(chat?.code)],
      ['sms', `${sentence(text?.code)}\n\n@shop.example #${text?.code}`],
    ],
  );
});

test('an operator’s own text is said like ours', async () => {
  const templates = { BindMfa: { en: 'Hello from {{appName}}: {{code}}.' } };
  const { kit, visitor } = await adding({ settings: { templates } });
  await visitor.act({ type: 'submit-phone', phone, channel: 'voice' });
  const [call] = kit.inbox.messages;
  const said = `Hello from Acme: ${[...(call?.code ?? '')].join(', ')}.`;
  assert.equal(call?.text, `${said} ${said}`);
});

test('A5: a code that came by another way serves, and the one before it does not', async () => {
  const { kit, visitor } = await adding();
  await visitor.act({ type: 'submit-phone', phone });
  const old = kit.inbox.code();
  kit.clock.advance(60_000);
  await resend(visitor, 'voice');
  const refused = await visitor.act({ type: 'submit-code', code: old });
  assertHas(refused.problem, { code: 'verification_code.code_mismatch', reason: 'superseded' });
  assert.equal((await visitor.act({ type: 'submit-code', code: kit.inbox.code() })).flow.step.name, 'complete');
});

test('C1: all ways share one wait and one count; the step says how many there were, and how the last one travelled', async () => {
  const { kit, visitor } = await adding();
  await visitor.act({ type: 'submit-phone', phone });
  const channels = ['sms', 'voice', 'whatsapp'];
  assertHas((await visitor.look()).flow.step, { sends: 1, channel: 'sms', channels });
  for (const [place, channel] of ['voice', 'whatsapp', 'sms'].entries()) {
    const wait = [60_000, 120_000, 240_000][place] ?? 0;
    kit.clock.advance(wait - 1);
    for (const other of channels) assert.equal((await resend(visitor, other)).problem.reason, 'wait');
    kit.clock.advance(1);
    assert.equal((await resend(visitor, channel)).status, 200);
    assertHas((await visitor.look()).flow.step, { sends: place + 2, channel, channels });
  }
  assert.equal(kit.inbox.messages.length, 4);
});

test('C1: a flow that finds a code on its way says the same of it', async () => {
  const kit = await createTestKit({ channels: everyChannel });
  const first = await drive(kit).to('verify-factor');
  kit.clock.advance(60_000);
  await resend(first, 'voice');
  const second = kit.visitor();
  await second.claim((await kit.begin()).token);
  assertHas(second.flow.step, { sends: 2, channel: 'voice', delivery: 'accepted' });
  assert.equal(kit.inbox.messages.length, 3);
});

test('who signs up by phone may be called as well', async () => {
  const kit = await createTestKit({ channels: everyChannel, settings: byPhone });
  const visitor = kit.visitor();
  await visitor.begin('sign-up');
  await visitor.act({ type: 'identify', identifier: { type: 'phone', value: phone } });
  kit.clock.advance(60_000);
  const { flow } = await resend(visitor, 'voice');
  assertHas(flow.step, { name: 'enter-code', channel: 'voice', sends: 2, channels: ['sms', 'voice', 'whatsapp'] });
});

test('a way that no connector serves, or that leads elsewhere, is none', async () => {
  const { kit, visitor } = await adding({ channels: ['sms', 'voice', 'email'] });
  for (const channel of ['whatsapp', 'email', 'pigeon']) {
    const refused = await visitor.act({ type: 'submit-phone', phone, channel });
    assert.deepEqual([refused.status, refused.problem.path], [400, 'channel']);
  }
  await visitor.act({ type: 'submit-phone', phone });
  kit.clock.advance(60_000);
  for (const channel of ['whatsapp', 'email', 'pigeon']) {
    const refused = await resend(visitor, channel);
    assert.deepEqual([refused.status, refused.problem.path], [400, 'channel']);
  }
  assert.equal(kit.inbox.messages.length, 1);
});

test('a right code ends the row, and the next begins with a text message', async () => {
  const kit = await createTestKit({ channels: everyChannel });
  const visitor = await drive(kit).to('verify-factor');
  kit.clock.advance(60_000);
  await resend(visitor, 'voice');
  await visitor.act({ type: 'submit-code', code: kit.inbox.code() });
  const next = kit.visitor();
  await next.claim((await kit.begin()).token);
  assertHas(next.flow.step, { sends: 1, channel: 'sms' });
});
