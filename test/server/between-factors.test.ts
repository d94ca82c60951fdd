import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sessionCookie } from '@countersign/server';
import { createTestKit, type TestKit, type Visitor } from '@countersign/server/testing';
import { exampleOf } from '../support/hostile.ts';
import { initOf, isPublic, type Operation, operationsOf, urlOf } from '../support/operations.ts';
import { openBrowser } from '../support/open-browser.ts';
import { ada, goOn, mandatory, password, signIn, signUp } from '../support/primary.ts';

/** Every string in a value that could be a token. */
const tokensIn = (value: unknown): string[] => {
  if (typeof value === 'string') return /^[\w-]{1,128}$/u.test(value) ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(tokensIn) : [];
};

interface Halfway {
  kit: TestKit;
  visitor: Visitor;
  values: readonly string[];
  jar: Map<string, string>;
  /** Everything that is not for everybody to read. */
  operations: readonly Operation[];
}

/** Somebody who knows the password, before the second factor, and everything that they were given. */
const halfway = async (): Promise<Halfway> => {
  const kit = await createTestKit({ settings: mandatory });
  await signUp(kit, kit.visitor(), { identifier: ada });
  kit.clock.advance(60_000);
  const { fetcher, jar } = openBrowser(kit);
  const visitor = kit.visitor(fetcher);
  await signIn(kit, visitor, { identifier: ada, until: 'verify-factor' });
  const values = [...new Set([visitor.token, ...jar.values(), ...tokensIn(visitor.flow)])];
  const operations = (await operationsOf(kit)).filter((operation) => !isPublic(operation));
  return { kit, visitor, values, jar, operations };
};

/** Where a value may be taken for something: in each body that has a place for it. */
const bodyOf = (kit: TestKit, { path, body }: Operation, value: string): unknown => {
  if (path === '/flows') return { token: value };
  return path === '/proofs/redeem' ? { proof: value, audience: kit.origin, nonce: 'nonce' } : exampleOf(body ?? {});
};

/** Each value as a bearer token, in path and body, and as each cookie, from their own browser and from another. */
const replaysOf = ({ kit, jar, operations }: Halfway, value: string) => {
  const stolen = [...jar, [sessionCookie, value]] as const;
  const jars = [jar, new Map(), new Map([[sessionCookie, value]]), new Map([['__Host-countersign', value]])];
  return [...jars, new Map(stolen)].flatMap((cookies) =>
    operations.map((operation) => ({
      name: `${operation.method} ${operation.path} for ${value} with ${[...cookies.keys()].join(' and ') || 'no cookie'}`,
      isOwnFlow:
        cookies.get('__Host-countersign') === jar.get('__Host-countersign') &&
        operation.path.startsWith('/flows/current'),
      send: () => {
        const init = initOf(operation, bodyOf(kit, operation, value));
        const headers = { ...init.headers, authorization: `Bearer ${value}` };
        return openBrowser(kit, new Map(cookies)).fetcher(urlOf(kit, operation, value), { ...init, headers });
      },
    })),
  );
};

test('D2: between password and second factor nothing that was given opens anything, as token, cookie, path or body [GHSA-xg6x-h9c9-2m83, GHSA-5vfx-8w6m-h3v4, CVE-2026-8293]', async () => {
  const place = await halfway();
  const { visitor, values, jar } = place;
  assert.ok(values.length > 8);
  assert.deepEqual([...jar.keys()], ['__Host-countersign']);
  const standing = { ...visitor.flow.step };
  const all = values.flatMap((value) => replaysOf(place, value).map((replay) => ({ ...replay, value })));
  const replays = all.filter(({ isOwnFlow, value }) => !(isOwnFlow && value === visitor.token));
  for (const { name, send } of replays) {
    const reply = await send();
    assert.ok(!reply.ok || name.startsWith('DELETE /session'), `${name} opened: ${await reply.text()}`);
  }
  assert.ok(replays.length > 1000, `only ${replays.length}`);
  assert.deepEqual((await visitor.look()).flow.step, standing, 'nothing that was tried moved the flow');
});

test('D4, D5: between password and second factor only the actions of that step are taken [CVE-2022-28601, CVE-2026-111949, CVE-2026-62232, CVE-2026-18963, defect 63]', async () => {
  const { kit, visitor, jar } = await halfway();
  for (const type of [
    'acknowledge',
    'skip',
    'set-password',
    'submit-password',
    'turn-on',
    'back',
    'identify',
    'choose',
    'submit-phone',
    'submit-email',
    'register',
  ]) {
    const { status, problem } = await visitor.act({ type, password, factor: 'sms' });
    assert.deepEqual([status, problem.code], [400, 'flow.action_not_accepted'], type);
  }
  for (const factor of ['sms', 'totp', 'passkey', 'backup-codes']) {
    const own = kit.visitor(openBrowser(kit, jar).fetcher);
    assert.equal((await own.begin({ kind: 'setup', factor })).status, 401, factor);
  }
  await goOn(kit, visitor, { identifier: ada });
  assert.ok(jar.has(sessionCookie), 'the second factor opens what nothing else did');
});

test('D5: who has the password alone, and came before the first factor was added, adds none after it [CVE-2024-45042]', async () => {
  const kit = await createTestKit({ settings: { ...mandatory, factors: ['sms'] } });
  const owner = kit.visitor();
  await signUp(kit, owner, { identifier: ada, until: 'setup-factor' });
  const thief = kit.visitor();
  await signIn(kit, thief, { identifier: ada, until: 'setup-factor' });
  await thief.act({ type: 'submit-phone', phone: '+31612345678' });
  await goOn(kit, owner, {});
  kit.clock.advance(61_000);
  const { status, problem, flow } = await thief.act({ type: 'submit-code', code: kit.inbox.code('+31612345678') });
  assert.deepEqual([status, problem.code, flow.step.name], [409, 'flow.step_changed', 'verify-factor']);
});

test('D2, D8: trust that is asked for with the password is not given, and none without the second factor [CVE-2026-109313, CVE-2026-76207, GHSA-9phw-7h96-q3rv]', async () => {
  const kit = await createTestKit({ settings: { ...mandatory, trustedDevices: { days: 30 } } });
  await signUp(kit, kit.visitor(), { identifier: ada });
  kit.clock.advance(61_000);
  const { fetcher, jar } = openBrowser(kit);
  const visitor = kit.visitor(fetcher);
  await visitor.begin('sign-in');
  assert.equal((await visitor.act({ type: 'identify', identifier: ada, password, trust: true })).status, 400);
  await goOn(kit, visitor, { identifier: ada, until: 'verify-factor' });
  const wrong = kit.inbox.code() === '000000' ? '000001' : '000000';
  await visitor.act({ type: 'submit-code', code: wrong, trust: true });
  await visitor.act({ type: 'switch', trust: true });
  assert.deepEqual([...jar.keys()], ['__Host-countersign']);
  const again = kit.visitor(fetcher);
  await signIn(kit, again, { identifier: ada, until: 'verify-factor' });
});

test('B8, D3: neither an address nor what a header claims spares the second factor [CVE-2026-96445, CVE-2023-4612]', async () => {
  const kit = await createTestKit({ settings: mandatory });
  await signUp(kit, kit.visitor(), { identifier: ada });
  const addresses = [
    'x-forwarded-for',
    'x-real-ip',
    'forwarded',
    'x-forwarded-host',
    'true-client-ip',
    'cf-connecting-ip',
  ];
  const others = ['x-mfa', 'user-agent', 'x-skip-otp', 'x-original-url', 'x-rewrite-url', 'x-remote-user'];
  const claims = [...addresses, ...others, 'x-http-method-override'];
  for (const address of ['127.0.0.1', '::1', '10.0.0.1', '192.168.1.1', '::ffff:127.0.0.1']) {
    kit.clock.advance(10 * 60_000);
    const claiming: typeof fetch = (input, init) => {
      const headers = new Headers(init?.headers);
      for (const name of claims) headers.set(name, address);
      return browser(input, { ...init, headers });
    };
    const browser = kit.browser(address);
    await signIn(kit, kit.visitor(claiming), { identifier: ada, until: 'verify-factor' });
  }
});

test('D4: what was sent on the way to the end is worth nothing when somebody else sends it again [CVE-2026-18963, CVE-2023-4612]', async () => {
  const { kit, jar } = await halfway();
  const sent: [string, RequestInit | undefined][] = [];
  const own = openBrowser(kit, jar).fetcher;
  const visitor = kit.visitor((input, init) => {
    sent.push([String(input), init]);
    return own(input, init);
  });
  await visitor.begin('sign-in');
  kit.clock.advance(5 * 60_000);
  await goOn(kit, visitor, { identifier: ada });
  assert.ok(sent.length >= 3);
  for (const jarOfThief of [new Map(), new Map([['__Host-countersign', 'A'.repeat(43)]])]) {
    const thief = openBrowser(kit, jarOfThief);
    for (const [url, init] of sent.slice(1)) assert.equal((await thief.fetcher(url, init)).status, 404, url);
    assert.ok(!thief.jar.has(sessionCookie));
  }
  const begun = visitor.flow.id;
  const later = kit.visitor(own);
  kit.clock.advance(2 * 60_000);
  await signIn(kit, later, { identifier: ada, until: 'verify-factor' });
  for (const [url, init] of sent.slice(1)) {
    const headers = { ...init?.headers, authorization: `Bearer ${later.token}` };
    assert.notEqual((await own(url, { ...init, headers })).status, 200, 'an old step is no step of another flow');
  }
  assert.notEqual(later.flow.id, begun);
  assert.equal((await later.look()).flow.step.name, 'verify-factor');
});
