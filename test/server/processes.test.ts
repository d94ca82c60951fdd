import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { codeAt, stepAt } from '@countersign/factors/totp/server-code';
import type { Reply, Visitor } from '@countersign/server/testing';
import { type Backends, startBackends } from '../support/backends.ts';
import { proofOf } from '../support/proof-of.ts';
import { shownKey } from '../support/totp-app.ts';

/** A hundred in `npm run test:long`. */
const rounds = Number(process.env['ROUNDS'] ?? 1);
const many = 200;
const minute = 60_000;
const settings = { appName: 'Acme', factors: ['sms', 'totp', 'backup-codes'], policy: { mode: 'mandatory' as const } };

const atOnce = <Result>(make: (place: number) => Promise<Result>): Promise<Result[]> =>
  Promise.all(Array.from({ length: many }, (_, place) => make(place)));

const right = (replies: readonly { status: number }[]): number => replies.filter(({ status }) => status === 200).length;

/** Everybody who uses the places below has their own user, so that no round waits for another. */
let users = 0;
const newUser = (): string => `user-${(users += 1)}`;

interface Member {
  place: Backends;
  userId: string;
}

const claim = async ({ place, userId }: Member, request: object): Promise<Visitor> => {
  const visitor = place.visitor();
  await visitor.claim(await place.begin({ userId, ...request }));
  return visitor;
};

/** Numbers that are no neighbours, so that the limit of those is none of theirs. */
const phoneOf = (userId: string): string => `+316${String(10_000_000 + 10_007 * Number(userId.split('-')[1]))}`;

const bindPhone = async (member: Member): Promise<readonly string[]> => {
  const visitor = await claim(member, { kind: 'setup', factor: 'sms' });
  const phone = phoneOf(member.userId);
  await visitor.act({ type: 'submit-phone', phone });
  await visitor.act({ type: 'submit-code', code: member.place.inbox.code(phone) });
  const { codes } = visitor.flow.step as unknown as { codes: readonly string[] };
  await visitor.act({ type: 'acknowledge' });
  await member.place.advance(minute + 1000);
  return codes;
};

const bindApp = async (member: Member): Promise<string> => {
  const visitor = await claim(member, { kind: 'setup', factor: 'totp' });
  const { secret } = shownKey(visitor);
  await visitor.act({ type: 'submit-code', code: codeAt(secret, stepAt(member.place.now())) });
  await visitor.act({ type: 'acknowledge' });
  await member.place.advance(minute);
  return secret;
};

const submit = (visitor: Visitor, code: string, step = visitor.flow.step.id): Promise<Reply> =>
  visitor.act({ type: 'submit-code', code, step });

type Own = (path: string, init?: RequestInit) => Promise<Response>;

/** Goes through the step-up for renaming a factor, in a session, and gives what it is allowed by. */
const stepUpFor = async (place: Backends, own: Own, { target, phone }: { target: string; phone: string }) => {
  const visitor = place.visitor((input, init) => {
    const path = String(input).slice(place.base.length);
    return path === '/flows' ? own(path, init) : place.fetch(input, init);
  });
  await visitor.begin({ kind: 'verify', for: { action: 'rename-factor', target } });
  await submit(visitor, place.inbox.code(phone));
  const { step } = visitor.flow;
  assert.ok(step.name === 'complete' && step.result.type === 'step-up');
  return step.result.token;
};

const manyWays = [
  ['four processes on one SQLite file', 4, true],
  ['one process with a memory of its own', 1, false],
] as const;

for (const [name, processes, isFile] of manyWays) {
  describe(name, () => {
    let place: Backends;
    let folder = '';

    before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'countersign-processes-'));
      place = await startBackends({ path: isFile ? join(folder, 'countersign.db') : null, processes, settings });
    });
    after(async () => {
      place.stop();
      await rm(folder, { recursive: true, force: true });
    });

    const each = async (round: (member: Member) => Promise<void>): Promise<void> => {
      for (let number = 0; number < rounds; number += 1) await round({ place, userId: newUser() });
    };

    test(`A6: of ${many} right codes that were sent one succeeds`, () =>
      each(async (member) => {
        await bindPhone(member);
        const visitor = await claim(member, { kind: 'verify' });
        const { id } = visitor.flow.step;
        const code = place.inbox.code(phoneOf(member.userId));
        assert.equal(right(await atOnce(() => submit(visitor, code, id))), 1);
      }));

    test(`B1: of ${many} wrong ones five are judged`, () =>
      each(async (member) => {
        await bindPhone(member);
        const visitor = await claim(member, { kind: 'verify' });
        const code = Number(place.inbox.code(phoneOf(member.userId)));
        const wrong = (at: number): string => String((code + 1 + at) % 1_000_000).padStart(6, '0');
        const replies = await atOnce((at) => submit(visitor, wrong(at)));
        const judged = replies.filter(({ problem }) => problem.code === 'verification_code.code_mismatch');
        assert.equal(judged.length, 5);
      }));

    test('B4: ten wrong codes, each at the next process, are counted in one row [CVE-2026-74878]', () =>
      each(async (member) => {
        const secret = await bindApp(member);
        const visitor = await claim(member, { kind: 'verify' });
        const right = Number(codeAt(secret, stepAt(place.now())));
        const typed = (off: number): string => String((right + off) % 1_000_000).padStart(6, '0');
        const codes: string[] = [];
        for (const off of [1000, 1001, 1002, 1003, 1004, 1005, 1006, 1007, 1008, 1009, 0]) {
          codes.push((await submit(visitor, typed(off))).problem.code);
        }
        assert.deepEqual(new Set(codes.slice(0, 10)), new Set(['session.mfa.invalid_totp_code']));
        assert.equal(codes[10], 'session.verification_blocked_too_many_attempts');
      }));

    test(`C2: of ${many} that ask for another code one is sent a message`, () =>
      each(async (member) => {
        await bindPhone(member);
        const visitor = await claim(member, { kind: 'verify' });
        await place.advance(minute + 1000);
        const sent = place.inbox.messages.length;
        assert.equal(right(await atOnce(() => visitor.act({ type: 'resend' }))), 1);
        assert.equal(place.inbox.messages.length, sent + 1);
      }));

    test(`F3: of ${many} that use one code of an app, in ten flows, one gets in`, () =>
      each(async (member) => {
        const secret = await bindApp(member);
        const visitors = await Promise.all(Array.from({ length: 10 }, () => claim(member, { kind: 'verify' })));
        const code = codeAt(secret, stepAt(place.now()));
        const steps = visitors.map(({ flow }) => flow.step.id);
        const replies = await atOnce((at) => submit(visitors[at % 10] as Visitor, code, steps[at % 10]));
        assert.equal(right(replies), 1);
      }));

    test(`H3: of ${many} that use one backup code, in ten flows, one gets in`, () =>
      each(async (member) => {
        const [code = ''] = await bindPhone(member);
        const toCode = async (): Promise<Visitor> => {
          const visitor = await claim(member, { kind: 'verify' });
          await visitor.act({ type: 'switch' });
          const { held } = visitor.flow.step as unknown as { held: { id: string; type: string }[] };
          await visitor.act({ type: 'choose', factorId: held.find(({ type }) => type === 'backup-codes')?.id });
          return visitor;
        };
        const visitors = await Promise.all(Array.from({ length: 10 }, toCode));
        const steps = visitors.map(({ flow }) => flow.step.id);
        const replies = await atOnce((at) => submit(visitors[at % 10] as Visitor, code, steps[at % 10]));
        assert.equal(right(replies), 1);
      }));

    test(`E2: of ${many} changes that one step-up is for one is made`, () =>
      each(async (member) => {
        await bindPhone(member);
        const session = await place.accountToken(member.userId);
        const headers = { 'content-type': 'application/json', authorization: `Bearer ${session}` };
        const own = (path: string, init: RequestInit = {}) =>
          place.fetch(`${place.base}${path}`, { ...init, headers: { ...headers, ...init.headers } });
        const { account } = (await (await own('/account')).json()) as { account: { factors: { id: string }[] } };
        const target = account.factors[0]?.id ?? '';
        const stepUp = await stepUpFor(place, own, { target, phone: phoneOf(member.userId) });
        const rename = (at: number) =>
          own(`/account/factors/${target}`, {
            method: 'PATCH',
            headers: { 'countersign-step-up': stepUp },
            body: JSON.stringify({ name: `Phone ${at}` }),
          });
        assert.equal(right(await atOnce(rename)), 1);
      }));

    test(`D7: of ${many} that redeem one proof one may`, () =>
      each(async (member) => {
        await bindPhone(member);
        const visitor = await claim(member, { kind: 'verify' });
        await submit(visitor, place.inbox.code(phoneOf(member.userId)));
        const body = JSON.stringify({ proof: proofOf(visitor.flow), audience: 'http://localhost', nonce: 'n' });
        const headers = { 'content-type': 'application/json' };
        const redeem = () => place.fetch(`${place.base}/proofs/redeem`, { method: 'POST', headers, body });
        assert.equal(right(await atOnce(redeem)), 1);
      }));
  });
}
