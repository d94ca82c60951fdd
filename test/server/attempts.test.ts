import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { createKey } from '@countersign/server';
import { sqliteStore } from '@countersign/server/node';
import { createTestKit, type Reply, type TestKit, type Visitor } from '@countersign/server/testing';
import { openBrowser } from '../support/open-browser.ts';
import { adasPhone, goOn, mandatory, password, signUp } from '../support/primary.ts';
import { appCode, confirmApp } from '../support/totp-app.ts';

/*
 * Ten wrong codes in a row cost a quarter of an hour. Between the ninth and the tenth something is done that has made
 * other systems begin to count anew; and what was kept from before the first is shown again after it.
 */

const minute = 60_000;
const day = 24 * 60 * minute;
const blocked = [429, 'session.verification_blocked_too_many_attempts', 900];
const settings = { ...mandatory, factors: ['totp', 'sms', 'backup-codes'] };

/** A server on a database file, which can be stopped and started, and a user who holds a phone and an app. */
interface Place {
  kit: TestKit;
  /** The browser that the user signed up in. */
  own: Visitor;
  secret: string;
  restart(): Promise<void>;
}

const withPlace = async (run: (place: Place) => Promise<void>): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-attempts-'));
  const path = join(folder, 'countersign.db');
  const keys = [await createKey()] as const;
  let store = await sqliteStore({ path });
  const kit = await createTestKit({ settings, keys, store });
  const own = kit.visitor();
  await signUp(kit, own, { identifier: adasPhone, until: 'choose-factor' });
  await own.act({ type: 'choose', factor: 'totp' });
  const secret = await confirmApp(kit, own);
  await goOn(kit, own, {});
  kit.clock.advance(day);
  const place: Place = {
    kit,
    own,
    secret,
    async restart() {
      await store.close();
      store = await sqliteStore({ path });
      place.kit = await createTestKit({ settings, keys, store, seed: 2, start: place.kit.clock.now() });
    },
  };
  await run(place).finally(async () => {
    await store.close();
    await rm(folder, { recursive: true });
  });
};

const choose = async (visitor: Visitor, type: string): Promise<void> => {
  if (visitor.flow.step.name !== 'choose-factor') await visitor.act({ type: 'switch' });
  const { step } = visitor.flow;
  assert.ok(step.name === 'choose-factor');
  await visitor.act({ type: 'choose', factorId: step.held.find((held) => held.type === type)?.id });
};

const toApp = async ({ kit }: Place, visitor = kit.visitor()): Promise<Visitor> => {
  await visitor.begin('sign-in');
  await visitor.act({ type: 'identify', identifier: adasPhone, password });
  await choose(visitor, 'totp');
  return visitor;
};

/** A code that the app shows neither now nor a step away. */
const wrong = ({ kit, secret }: Place): string => {
  const near = [-1, 0, 1].map((off) => appCode(kit, secret, off));
  return ['000000', '111111', '222222', '333333'].find((code) => !near.includes(code)) ?? '';
};

const isWrong = ({ status, problem }: Reply): void =>
  assert.deepEqual([status, problem.code], [400, 'session.mfa.invalid_totp_code']);

const guess = async (place: Place, visitor: Visitor, times: number): Promise<void> => {
  for (let time = 0; time < times; time += 1) isWrong(await visitor.act({ type: 'submit-code', code: wrong(place) }));
};

/** What is done between the guesses of one browser, and where the tenth is made. */
const resets: Record<string, (place: Place, visitor: Visitor) => Promise<Visitor>> = {
  'another flow': async (place, visitor) => toApp(place, place.kit.visitor(visitor.fetch)),
  'another browser': async (place) => toApp(place),
  'another network address': async (place) => toApp(place, place.kit.visitor(place.kit.browser('198.51.100.7'))),
  'another factor, and back': async (_place, visitor) => {
    await choose(visitor, 'sms');
    await choose(visitor, 'totp');
    return visitor;
  },
  'another message': async ({ kit }, visitor) => {
    await choose(visitor, 'sms');
    kit.clock.advance(2 * minute);
    assert.equal((await visitor.act({ type: 'resend' })).status, 200);
    await choose(visitor, 'totp');
    return visitor;
  },
  'a flow that has run out': async (place) => {
    place.kit.clock.advance(2 * 60 * minute);
    return toApp(place);
  },
  'a month': async (place) => {
    place.kit.clock.advance(30 * day);
    return toApp(place);
  },
  'a wrong password': async (place, visitor) => {
    const other = place.kit.visitor(visitor.fetch);
    await other.begin('sign-in');
    await other.act({ type: 'identify', identifier: adasPhone, password: 'not it at all' });
    return toApp(place, other);
  },
  'a success of its owner elsewhere': async (place, visitor) => {
    const owner = await toApp(place, place.kit.visitor(place.own.fetch));
    const code = appCode(place.kit, place.secret);
    assert.equal((await owner.act({ type: 'submit-code', code })).status, 200);
    place.kit.clock.advance(minute);
    return visitor;
  },
  'a restart of the server': async (place) => {
    await place.restart();
    return toApp(place);
  },
};

for (const [what, reset] of Object.entries(resets)) {
  test(`B4: ${what} takes no failure back [CVE-2026-74878, GHSA-c55g-q6f4-5qxr]`, () =>
    withPlace(async (place) => {
      const before = await toApp(place);
      await guess(place, before, 9);
      const after = await reset(place, before);
      await guess(place, after, 1);
      const { status, problem } = await after.act({ type: 'submit-code', code: appCode(place.kit, place.secret) });
      assert.deepEqual([status, problem.code, problem.retryAfter], blocked);
    }));
}

test('B6: cookies and a token that were kept from before wrong guesses are worth no more guesses [CVE-2026-78655]', () =>
  withPlace(async (place) => {
    const { kit, secret } = place;
    const { fetcher, jar } = openBrowser(kit);
    const visitor = await toApp(place, kit.visitor(fetcher));
    const [kept, { token }] = [new Map(jar), visitor];
    const { id: step } = visitor.flow.step;
    const replay = async (code: string): Promise<unknown[]> => {
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
      const body = JSON.stringify({ type: 'submit-code', id: visitor.newId(), step, code });
      const init = { method: 'POST', headers, body };
      const reply = await openBrowser(kit, new Map(kept)).fetcher(`${kit.base}/flows/current/actions`, init);
      const { code: why, retryAfter } = (await reply.json()) as { code?: string; retryAfter?: number };
      return [reply.status, why, retryAfter];
    };
    for (let time = 0; time < 10; time += 1) {
      assert.deepEqual(await replay(wrong(place)), [400, 'session.mfa.invalid_totp_code', undefined]);
    }
    assert.deepEqual(await replay(appCode(kit, secret)), blocked);
    const elsewhere = await toApp(place, kit.visitor(openBrowser(kit, new Map(kept)).fetcher));
    const { problem } = await elsewhere.act({ type: 'submit-code', code: appCode(kit, secret) });
    assert.equal(problem.code, blocked[1], 'nor in a new flow');
  }));
