import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sessionCookie } from '@countersign/server';
import { createTestKit, type TestKit } from '@countersign/server/testing';
import { openBrowser } from '../support/open-browser.ts';
import { ada, goOn, mandatory, password, signIn, signUp } from '../support/primary.ts';

/** Every string in a value that could be a token. */
const tokensIn = (value: unknown): string[] => {
  if (typeof value === 'string') return /^[\w-]{1,128}$/u.test(value) ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(tokensIn) : [];
};

/** Somebody who knows the password, before the second factor, and everything that they were given. */
const halfway = async () => {
  const kit = await createTestKit({ settings: mandatory });
  await signUp(kit, kit.visitor(), { identifier: ada });
  kit.clock.advance(60_000);
  const { fetcher, jar } = openBrowser(kit);
  const visitor = kit.visitor(fetcher);
  await signIn(kit, visitor, { identifier: ada, until: 'verify-factor' });
  const values = [...new Set([visitor.token, ...jar.values(), ...tokensIn(visitor.flow)])];
  return { kit, visitor, values, jar };
};

const routes = [
  ['GET', '/session'],
  ['DELETE', '/session'],
  ['GET', '/admin/settings'],
  ['PUT', '/admin/settings'],
  ['POST', '/proofs/redeem'],
  ['GET', '/flows/current'],
  ['POST', '/flows/current/actions'],
  ['POST', '/flows'],
] as const;

/** Each value as a bearer token, in the body, and as each cookie, from their own browser and from another. */
const replaysOf = (kit: TestKit, jar: ReadonlyMap<string, string>, value: string) => {
  const body = JSON.stringify({ token: value, proof: value, audience: kit.origin, nonce: 'nonce' });
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${value}` };
  const stolen = [...jar, [sessionCookie, value]] as const;
  const jars = [jar, new Map(), new Map([[sessionCookie, value]]), new Map([['__Host-countersign', value]])];
  return [...jars, new Map(stolen)].flatMap((cookies) =>
    routes.map(([method, path]) => ({
      name: `${method} ${path} for ${value} with ${[...cookies.keys()].join(' and ') || 'no cookie'}`,
      isOwnFlow:
        cookies.get('__Host-countersign') === jar.get('__Host-countersign') && path.startsWith('/flows/current'),
      send: () => {
        const init = { method, headers, ...(method.startsWith('P') && { body }) };
        return openBrowser(kit, new Map(cookies)).fetcher(`${kit.base}${path}`, init);
      },
    })),
  );
};

test('D2: between password and second factor nothing that was given opens anything, as token, cookie or body [GHSA-xg6x-h9c9-2m83]', async () => {
  const { kit, visitor, values, jar } = await halfway();
  assert.ok(values.length > 8);
  assert.ok(!jar.has(sessionCookie));
  const standing = { ...visitor.flow.step };
  const all = values.flatMap((value) => replaysOf(kit, jar, value).map((replay) => ({ ...replay, value })));
  const replays = all.filter(({ isOwnFlow, value }) => !(isOwnFlow && value === visitor.token));
  for (const { name, send } of replays) {
    const reply = await send();
    assert.ok(!reply.ok || name.startsWith('DELETE'), `${name} opened: ${await reply.text()}`);
  }
  assert.ok(replays.length > 300, `only ${replays.length}`);
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
  ]) {
    const { status, problem } = await visitor.act({ type, password, factor: 'sms' });
    assert.deepEqual([status, problem.code], [400, 'flow.action_not_accepted'], type);
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
