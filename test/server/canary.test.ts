import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { inspect } from 'node:util';
import { type Connector, SendError } from '@countersign/core/connector';
import { createAdministratorKey } from '@countersign/server';
import { sqliteStore } from '@countersign/server/node';
import { createInbox, createTestKit, type TestKit, type Visitor } from '@countersign/server/testing';
import { ownAccount } from '../support/account.ts';
import { shownCodes } from '../support/backup-codes.ts';
import { goOn, mandatory, password, signIn } from '../support/primary.ts';
import { appCode, shownKey } from '../support/totp-app.ts';

const folder = mkdtempSync(join(tmpdir(), 'countersign-canary-'));
after(() => rmSync(folder, { recursive: true }));

const phone = '+31612345678';
const otherPhone = '+31687654321';
const email = 'ada.lovelace@example.com';
const identifier = { type: 'email', value: email } as const;

/** Everything that somebody other than its owner may come to see. */
interface Seen {
  /** The database as it was while a message was on its way, and at the end. */
  dumps: string[];
  answers: string[];
  events: string[];
  reports: string[];
}

const dump = (): string =>
  readdirSync(folder)
    .map((file) => readFileSync(join(folder, file), 'latin1'))
    .join('\n');

/** A kit that tells everything; the first message of each channel fails, in words that have all of it. */
const watched = async () => {
  const seen: Seen = { dumps: [], answers: [], events: [], reports: [] };
  const inbox = createInbox();
  const failed = new Set<string>();
  const send =
    (channel: Connector['channel']): Connector['send'] =>
    async ({ to, text, usage }) => {
      seen.dumps.push(dump());
      inbox.receive({ channel, to, text, usage });
      if (failed.has(channel)) return;
      failed.add(channel);
      throw new SendError('failed', `could not send "${text}" to ${to}`, { cause: new Error(`no route to ${to}`) });
    };
  const { key, keyHash } = await createAdministratorKey();
  const store = await sqliteStore({ path: join(folder, 'countersign.db') });
  after(() => store.close());
  const kit = await createTestKit({
    store,
    connectors: (['sms', 'email'] as const).map((channel) => ({ id: channel, channel, send: send(channel) })),
    settings: {
      ...mandatory,
      factors: ['sms', 'totp', 'backup-codes'],
      resetPassword: { identifiers: ['email'] },
      codes: { length: 10 },
    },
    administrators: [{ keyHash, scopes: ['users:read', 'users:write', 'events', 'settings'], expiresAt: null }],
    onEvent: (event) => seen.events.push(JSON.stringify(event)),
    report: (error, context) => seen.reports.push(inspect([error, context], { depth: 9 })),
  });
  const watch =
    (fetcher: typeof fetch): typeof fetch =>
    async (...given) => {
      const response = await fetcher(...given);
      seen.answers.push(`${[...response.headers].join('\n')}\n${await response.clone().text()}`);
      return response;
    };
  const visitor = (): Visitor => kit.visitor(watch(kit.browser()));
  const administer = async (method: string, path: string, body?: object): Promise<Record<string, unknown>> => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` };
    const init = { method, headers, ...(body && { body: JSON.stringify(body) }) };
    const text = await (await watch(kit.browser())(`${kit.base}/admin${path}`, init)).text();
    return (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>;
  };
  return { kit: { ...kit, inbox }, seen, visitor, administer, key };
};

type Watched = Awaited<ReturnType<typeof watched>>;

/** Signs up, with a first message that fails on either channel; gives the backup codes. */
const member = async ({ kit, visitor }: Watched): Promise<{ own: Visitor; codes: string[] }> => {
  const own = visitor();
  await own.begin('sign-up');
  await own.act({ type: 'identify', identifier });
  await own.act({ type: 'submit-code', code: '1234567890' });
  await own.act({ type: 'resend' });
  await goOn(kit, own, { identifier, until: 'choose-factor' });
  await own.act({ type: 'choose', factor: 'sms' });
  await own.act({ type: 'submit-phone', phone });
  await own.act({ type: 'resend' });
  await goOn(kit, own, { phone, until: 'save-backup-codes' });
  const codes = shownCodes(own);
  await goOn(kit, own, {});
  kit.clock.advance(61_000);
  return { own, codes };
};

/** Adds an app from the account; gives its key. */
const addApp = async ({ kit, visitor }: Watched, { fetch }: Visitor): Promise<string> => {
  const adding = kit.visitor(fetch);
  await adding.begin({ kind: 'setup', factor: 'totp' });
  await goOn(kit, adding, { until: 'setup-factor' });
  const { secret } = shownKey(adding);
  await adding.act({ type: 'submit-code', code: appCode(kit, secret) });
  const stranger = visitor();
  await stranger.begin('sign-in');
  await stranger.act({ type: 'identify', identifier, password: 'not the password' });
  kit.clock.advance(61_000);
  return secret;
};

const pass = async ({ kit, visitor, administer }: Watched, userId: string): Promise<string> => {
  const why = { actor: 'Grace', reason: `lost ${phone}, wrote from ${email}` };
  const given = await administer('POST', `/users/${userId}/recovery-passes`, why);
  const own = visitor();
  await own.begin('recover');
  await goOn(kit, own, { identifier, until: 'enter-pass' });
  await own.act({ type: 'submit-pass', pass: '0000-0000-0000-0000' });
  await own.act({ type: 'submit-pass', pass: given['pass'] });
  return String(given['pass']);
};

const administration = async ({ administer }: Watched, userId: string): Promise<void> => {
  await administer('POST', `/users/${userId}/factors`, { type: 'sms', phone: otherPhone });
  await administer('GET', `/users/${userId}/factors`);
  await administer('POST', '/messages', { usage: 'BindMfa', channel: 'sms', to: otherPhone });
  await administer('POST', `/users/${userId}/unlock`);
  await administer('GET', '/events?limit=200');
};

/** Goes through every kind of flow, wrong and right; gives what must be seen nowhere. */
const live = async (all: Watched): Promise<{ codes: string[]; secrets: string[] }> => {
  const { kit, visitor } = all;
  const { own, codes } = await member(all);
  const account = ownAccount(kit as TestKit, own);
  const { userId, factors } = await account.read();
  const app = await addApp(all, own);
  await account.send('PATCH', `/account/factors/${factors[0]?.id}`, { body: { name: 'Work' } });
  kit.clock.advance(61_000);
  const again = visitor();
  await signIn(kit, again, { identifier, until: 'verify-factor' });
  await again.act({ type: 'switch' });
  const held = again.flow.step.name === 'choose-factor' ? again.flow.step.held : [];
  await again.act({ type: 'choose', factorId: held.find(({ type }) => type === 'backup-codes')?.id });
  await again.act({ type: 'submit-code', code: codes[0] });
  const verified = visitor();
  await verified.claim((await kit.begin({ kind: 'verify', userId })).token);
  await goOn(kit, verified, {});
  const reset = visitor();
  await reset.begin('reset-password');
  await goOn(kit, reset, { identifier });
  const typed = await pass(all, userId);
  await administration(all, userId);
  all.seen.dumps.push(dump());
  const paper = [...codes, typed].flatMap((code) => [code, code.replaceAll('-', '')]);
  const sent = kit.inbox.messages
    .map(({ code }) => code)
    .filter((code) => /^\d{10}$/u.test(code) && !/^0+$/u.test(code));
  const tokens = [own, again, verified, reset].map(({ token }) => token);
  return { codes: sent, secrets: [...paper, app, password, ...tokens, all.key] };
};

test('A8, M1, M2: a canary of each kind is in no log, event, report, dump or answer, over every kind of flow [CVE-2026-105211, defect 2, defect 4]', async () => {
  const all = await watched();
  const { codes, secrets } = await live(all);
  const { answers, dumps, events, reports } = all.seen;
  const full = [phone, otherPhone].flatMap((number) => [number, number.slice(1), number.slice(3)]);
  const canaries = [...codes, ...secrets, ...full, email, 'ada.lovelace'];

  // What would make the search find nothing.
  assert.ok(codes.length >= 6 && canaries.every((canary) => canary.length > 8), `${codes.length} codes`);
  assert.ok(
    answers.length > 30 && events.length > 40 && dumps.length > 6,
    `${answers.length} answers, ${events.length} events, ${dumps.length} dumps`,
  );
  assert.equal(reports.length, 2);
  assert.match(reports.join(), /could not send/u);
  assert.ok(dumps.every((one) => one.includes('outbox')));
  assert.ok(
    answers.some((answer) => answer.includes(phone)),
    'who types a number sees it',
  );

  const found = (places: readonly string[], what: readonly string[]): string[] =>
    what.filter((canary) => places.some((place) => place.includes(canary)));
  assert.deepEqual(found(answers, codes), [], 'in answers');
  for (const [name, places] of Object.entries({ dumps, events, reports })) {
    assert.deepEqual(found(places, canaries), [], `in ${name}`);
  }
  const told = answers.filter((answer) => answer.includes('"events"'));
  assert.deepEqual([told.length, found(told, canaries)], [1, []], 'in what administrators read');
});
