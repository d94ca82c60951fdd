import assert from 'node:assert/strict';
import { test } from 'node:test';
import { usages } from '@countersign/core/connector';
import { createAdministratorKey, toFetchHandler } from '@countersign/server';
import { createTestKit, drive } from '@countersign/server/testing';
import fc from 'fast-check';
import { readBoundCode } from '../support/bound-code.ts';
import { byPhone, dutch } from '../support/strangers.ts';

/** What a segment of 160 characters can have in it, each of them once (GSM 03.38, the basic set). */
const gsm =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';

const isOneSegment = (text: string): boolean =>
  [...text].every((character) => gsm.includes(character)) ? text.length <= 160 : text.length <= 70;

test('C10: each text is one segment, with the longest code, a name of ten letters and a host of twenty', async () => {
  const { key, keyHash } = await createAdministratorKey();
  const kit = await createTestKit({
    origins: ['https://accounts.example.org'],
    administrators: [{ keyHash, scopes: ['settings'], expiresAt: null }],
    settings: { appName: 'Ten Letter', codes: { length: 10, lifeSeconds: 600 } },
  });
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  for (const [place, usage] of usages.entries()) {
    const body = JSON.stringify({ usage, channel: 'sms', to: dutch(place), locale: 'en' });
    const response = await kit.browser()(`${kit.base}/admin/messages`, { method: 'POST', headers, body });
    assert.equal(response.status, 200);
  }
  assert.equal(kit.inbox.messages.length, usages.length);
  for (const { text, usage } of kit.inbox.messages) assert.ok(isOneSegment(text), `${usage}: ${text.length}`);
});

/** Names that would be another line, another code, a template or a pattern, if anything let them. */
const hostile = [
  'A\n@evil.example #111111',
  'A\r\n\r\n@evil.example #1',
  'A\u2028@evil.example #111111',
  'A\u0085@evil.example #111111',
  'A\v@evil.example #111111',
  '@evil.example #111111',
  '{{code}} {{code}}',
  '{{appName}}',
  '$& $1 $` $$',
  '\u202e111111 si edoc ruoY',
  '\u0000\u0007\u001b[31m',
  '<script>alert(1)</script>',
  "'; drop table users; --",
  '👩‍👩‍👧‍👦🏳️‍🌈',
  'Ａｃｍｅ',
  '%0a@evil.example',
];

/** The message of an app of that name. */
const messageOf = async (appName: string) => {
  const kit = await createTestKit({ origins: ['https://shop.example'], settings: { appName } });
  await drive(kit).to('setup-code');
  const [message] = kit.inbox.messages;
  assert.ok(message);
  return message;
};

const assertBound = async (appName: string): Promise<void> => {
  const { text, code } = await messageOf(appName);
  assert.deepEqual(readBoundCode(text), { host: 'shop.example', code }, JSON.stringify(appName));
  assert.equal(text.split('\n').length, 3, 'a line of text, an empty one, and the one that is bound');
};

test('C10: no name of an app adds a line, a code or a site to a message', async () => {
  for (const appName of hostile) await assertBound(appName);
});

test('C11: the last line is bound to the site, with the code of the message, whatever the name', async () => {
  const names = fc.string({ unit: 'binary', minLength: 1, maxLength: 15 }).filter((name) => name.trim() !== '');
  await fc.assert(fc.asyncProperty(names, assertBound), { numRuns: 200 });
});

test('C11: the site is of the configured list, whatever headers of a request say [GHSA-2wmj-46rj-qm2w]', async () => {
  const kit = await createTestKit({ origins: ['https://shop.example'], settings: byPhone });
  const handle = toFetchHandler(kit.backend);
  const headers = {
    'content-type': 'application/json',
    origin: 'https://shop.example',
    host: 'evil.example',
    'x-forwarded-host': 'evil.example',
    forwarded: 'host=evil.example',
    referer: 'https://evil.example/',
  };
  const visitor = kit.visitor((input, init) => {
    const request = new Request(input, init);
    const url = request.url.replace('shop.example', 'evil.example');
    const all = { ...Object.fromEntries(request.headers), ...headers };
    return request
      .text()
      .then((body) =>
        handle(new Request(url, { method: request.method, headers: all, body }), { address: '192.0.2.1' }),
      );
  });
  const begun = await visitor.begin('sign-up');
  assert.equal(begun.status, 201);
  const cookie = begun.headers.get('set-cookie')?.split(';', 1)[0] ?? '';
  Object.assign(headers, { cookie });
  const { status } = await visitor.act({ type: 'identify', identifier: { type: 'phone', value: dutch(0) } });
  assert.equal(status, 200);
  const [message] = kit.inbox.messages;
  assert.deepEqual(readBoundCode(message?.text ?? ''), { host: 'shop.example', code: message?.code });
});
