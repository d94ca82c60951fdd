import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { http } from '@countersign/connectors/http';
import { twilio } from '@countersign/connectors/twilio';
import type { Usage } from '@countersign/core/connector';
import type { SettingsInput } from '@countersign/server';
import { createTestKit, drive, type TestKit, type Visitor } from '@countersign/server/testing';
import { ada, adasPhone, goOn, mandatory, signUp } from '../support/primary.ts';

// What comparable systems get wrong about the messages themselves; docs/known-defects.md has the list.

const minute = 61_000;
const phone = adasPhone.value;

/** The first line of each message, by what it was for, with the code written as such. */
const textsOf = ({ inbox }: TestKit): Partial<Record<Usage, string>> =>
  Object.fromEntries(
    inbox.messages.map(({ usage, text, code }) => [usage, text.split('\n', 1)[0]?.replace(code, 'CODE')]),
  );

/** Goes to the code that binds a number, with a browser of that language. */
const bindIn = async (kit: TestKit, locale = 'en'): Promise<Visitor> => {
  const visitor = kit.visitor();
  await visitor.claim((await kit.begin({ kind: 'setup', locale })).token);
  await visitor.act({ type: 'submit-phone', phone });
  return visitor;
};

const bindingText = async (settings: Partial<SettingsInput>, locale?: string): Promise<string | undefined> => {
  const kit = await createTestKit({ settings });
  await bindIn(kit, locale);
  return textsOf(kit).BindMfa;
};

test('KD-20: a template for BindMFA, as documentation spells it, is the one that is sent', async () => {
  const templates = { BindMFA: { en: 'bind {{code}}' }, Generic: { en: 'any {{code}}' } };
  assert.equal(await bindingText({ templates }), 'bind CODE');
});

test('KD-21: each usage that is sent has the operator’s own text', async () => {
  const named = ['Register', 'SignIn', 'MfaVerification', 'BindMfa', 'ForgotPassword'] as const;
  const kit = await createTestKit({
    settings: {
      ...mandatory,
      signIn: { identifiers: ['email'], methods: ['password', 'code'] },
      resetPassword: { identifiers: ['email'] },
      templates: Object.fromEntries(named.map((usage) => [usage, { en: `${usage} {{code}}` }])),
    },
  });
  await signUp(kit, kit.visitor(), {});
  kit.clock.advance(minute);
  const member = kit.visitor();
  await member.begin('sign-in');
  await member.act({ type: 'identify', identifier: ada });
  await member.act({ type: 'switch' });
  await goOn(kit, member, {});
  kit.clock.advance(minute);
  const reset = kit.visitor();
  await reset.begin('reset-password');
  await goOn(kit, reset, { until: 'enter-code' });
  assert.deepEqual(textsOf(kit), Object.fromEntries(named.map((usage) => [usage, `${usage} CODE`])));
});

test('KD-22: a text message is in the language of the person, down to the region', async () => {
  const templates = { BindMfa: { en: 'bind {{code}}', pt: 'ligar {{code}}', 'pt-BR': 'vincular {{code}}' } };
  assert.equal(await bindingText({ templates }, 'pt-BR'), 'vincular CODE');
  assert.equal(await bindingText({ templates }, 'pt-PT'), 'ligar CODE');
  assert.equal(await bindingText({ templates }, 'nl'), 'bind CODE');
});

test('KD-23: the life of a code that a message tells is the one that it has', async () => {
  const text = await bindingText({ codes: { lifeSeconds: 120 } });
  assert.match(text ?? '', /in 2 minutes\.$/u);
});

/** A kit whose messages go to a provider that answers as told, and what it was asked and the operator was told. */
const provided = (answer: () => Promise<Response>, sendTimeout = 6000) => {
  const bodies: string[] = [];
  const reports: unknown[] = [];
  const fetcher: typeof fetch = (_url, init) => {
    bodies.push(String(init?.body));
    return answer();
  };
  const sid = (prefix: string): string => prefix + '0'.repeat(32);
  const options = { accountSid: sid('AC'), authToken: 'token', messagingServiceSid: sid('MG') };
  const own = { channel: 'sms', url: 'https://messages.example/' } as const;
  const over = (name: 'twilio' | 'http'): Promise<TestKit> =>
    createTestKit({
      connectors: [name === 'http' ? http(own, fetcher) : twilio(options, fetcher)],
      report: (error) => reports.push(error),
      sendTimeout,
    });
  return { over, bodies, reports };
};

test('KD-24: languages of the browser choose the text, and never reach the provider as a parameter', async () => {
  const { over, bodies } = provided(async () => new Response(null, { status: 204 }));
  await bindIn(await over('http'), 'zh-Hant-TW');
  assert.deepEqual(
    bodies.map((body) => Object.keys(JSON.parse(body) as object)),
    [['to', 'text', 'usage']],
  );
});

test('KD-25: a provider that asks to wait is a wait for the person, with its seconds', async () => {
  const headers = { 'retry-after': '17' };
  const { over } = provided(async () => Response.json({ code: 20429 }, { status: 429, headers }));
  const visitor = await drive(await over('twilio')).to('setup-phone');
  const { status, problem, headers: told } = await visitor.act({ type: 'submit-phone', phone });
  assert.deepEqual([status, problem.code, problem.reason], [429, 'connector.rate_limit_exceeded', 'provider']);
  assert.deepEqual([problem.retryAfter, told.get('retry-after')], [17, '17']);
});

const words = `${phone} is on the block list of account 4711`;

test('KD-26: what a provider says in its own words reaches neither the person nor the log with the number', async () => {
  const { over, reports } = provided(async () => Response.json({ code: 20003, message: words }, { status: 401 }));
  const visitor = await drive(await over('twilio')).to('setup-phone');
  const reply = await visitor.act({ type: 'submit-phone', phone });
  assert.deepEqual([reply.status, reply.problem.code], [502, 'connector.general']);
  assert.ok(!JSON.stringify(reply.body).includes('block list'));
  assert.equal(reports.length, 1);
  assert.ok(!inspect(reports, { depth: 9 }).includes(phone.slice(1)));
});

test('KD-15: a message that was not taken leaves its code and its number in no log', async () => {
  for (const name of ['http', 'twilio'] as const) {
    const { over, bodies, reports } = provided(async () => Response.json({ code: 1 }, { status: 400 }));
    const visitor = await drive(await over(name)).to('setup-phone');
    await visitor.act({ type: 'submit-phone', phone });
    const code = /\d{6} is your code/u.exec(decodeURIComponent(bodies[0]?.replaceAll('+', ' ') ?? ''))?.[0].slice(0, 6);
    assert.ok(code, 'the provider got it');
    assert.equal(reports.length, 1);
    const log = inspect(reports, { depth: 9 });
    for (const hidden of [code, phone.slice(1)]) assert.ok(!log.includes(hidden));
  }
});

test('KD-27: a provider that never answers does not hold the person up', { timeout: 5000 }, async () => {
  const { over } = provided(() => new Promise(() => {}), 1);
  const visitor = await drive(await over('http')).to('setup-phone');
  const { status, flow } = await visitor.act({ type: 'submit-phone', phone });
  assert.deepEqual([status, flow.step.name], [200, 'setup-factor']);
});

test('KD-28: a number that gets no messages, or is of a country that is not listed, is refused before any is sent', async () => {
  const kit = await createTestKit({ settings: { countries: ['NL'] } });
  const visitor = await drive(kit).to('setup-phone');
  for (const typed of ['+31201234567', '+4915123456789', '0031', '+310612345678901']) {
    const { status, problem } = await visitor.act({ type: 'submit-phone', phone: typed });
    assert.deepEqual([status, problem.code], [422, 'user.invalid_phone'], typed);
  }
  assert.deepEqual(kit.inbox.messages, []);
});

test('KD-29: the last line of a message binds its code to the site, so that phones fill it in there alone', async () => {
  const kit = await createTestKit({ origins: ['https://shop.example'] });
  await bindIn(kit);
  const [message] = kit.inbox.messages;
  assert.equal(message?.text.split('\n').at(-1), `@shop.example #${message?.code}`);
});
