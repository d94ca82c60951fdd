import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SendError, usages } from '@countersign/core/connector';
import { createAdministratorKey } from '@countersign/server';
import { createTestKit, type TestKitOptions } from '@countersign/server/testing';

const phone = '+31612345678';

const administered = async (options: TestKitOptions = {}, scope: 'settings' | 'flows' = 'settings') => {
  const { key, keyHash } = await createAdministratorKey();
  const administrators = [{ keyHash, scopes: [scope], expiresAt: null }];
  const kit = await createTestKit({ origins: ['https://shop.example'], ...options, administrators });
  const attempt = async (trial: object) => {
    const response = await kit.browser()(`${kit.base}/admin/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      body: JSON.stringify({ usage: 'Generic', channel: 'sms', to: phone, ...trial }),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  return { kit, attempt };
};

test('KD-21: the text of every usage can be tried as a person would get it, by its own connector', async () => {
  const templates = Object.fromEntries(
    usages.map((usage) => [usage, { en: `${usage} {{code}}`, de: `de ${usage} {{code}}` }]),
  );
  const { kit, attempt } = await administered({ settings: { templates } });
  for (const usage of usages) {
    const { status, body } = await attempt({ usage });
    const text = `${usage} 000000\n\n@shop.example #000000`;
    assert.deepEqual([status, body], [200, { text, delivery: 'accepted' }]);
    const { to, usage: sentAs, text: arrived } = kit.inbox.messages.at(-1) ?? {};
    assert.deepEqual([to, sentAs, arrived], [phone, usage, text]);
    kit.clock.advance(3600_000);
  }
  const german = await attempt({ usage: 'BindMFA', channel: 'email', to: 'ada@example.com', locale: 'de' });
  assert.equal(german.body['text'], 'de BindMfa 000000');
  assert.equal(kit.inbox.messages.at(-1)?.channel, 'email');
});

test('a trial counts as a message to its number, and says when another may be sent', async () => {
  const { kit, attempt } = await administered();
  for (let sent = 0; sent < 5; sent += 1) assert.equal((await attempt({})).status, 200);
  const { status, body } = await attempt({});
  assert.deepEqual([status, body['code'], body['retryAfter']], [429, 'connector.rate_limit_exceeded', 600]);
  const visitor = kit.visitor();
  await visitor.claim((await kit.begin({ kind: 'setup' })).token);
  assert.equal((await visitor.act({ type: 'submit-phone', phone })).status, 429, 'whoever asks');
  assert.equal(kit.inbox.messages.length, 5);
});

test('what a trial needs is there before it is sent: a key, a channel, a usage, and a number of a listed country', async () => {
  const { kit, attempt } = await administered({ settings: { countries: ['NL'] } });
  const cases = [
    [{ usage: 'Pigeon' }, 400, 'usage'],
    [{ channel: 'voice' }, 400, 'channel'],
    [{ to: '' }, 400, 'to'],
    [{ to: '+4915123456789' }, 422, 'to'],
    [{ channel: 'email', to: 'nobody' }, 422, 'to'],
    [{ pigeon: true }, 400, 'pigeon'],
  ] as const;
  for (const [trial, status, path] of cases) {
    const refused = await attempt(trial);
    assert.deepEqual([refused.status, refused.body['path']], [status, path]);
  }
  const other = await administered({}, 'flows');
  assert.equal((await other.attempt({})).status, 401);
  assert.deepEqual([...kit.inbox.messages, ...other.kit.inbox.messages], []);
});

test('an operator reads what the connector says went wrong', async () => {
  const send = async (): Promise<never> => {
    throw new SendError('failed', 'the account is closed');
  };
  const reports: unknown[] = [];
  const { attempt } = await administered({
    connectors: [{ id: 'closed', channel: 'sms', send }],
    report: (error) => reports.push(error),
  });
  const { status, body } = await attempt({});
  assert.deepEqual([status, body['code'], body['detail']], [502, 'connector.general', 'the account is closed']);
  assert.equal(reports.length, 1);
});
