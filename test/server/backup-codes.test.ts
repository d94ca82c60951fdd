import assert from 'node:assert/strict';
import { test } from 'node:test';
import { memoryStore } from '@countersign/server';
import { createTestKit, type TestKit, type Visitor } from '@countersign/server/testing';
import { atBackupCode, saveCodes, shownCodes, use } from '../support/backup-codes.ts';
import { kitOn, stores } from '../support/stores.ts';
import { ada, adasPhone, mandatory, signIn, signUp } from '../support/primary.ts';

test('H1: there are ten of 80 bits in four groups of four, without look-alikes, all different [defect 82]', async () => {
  const codes = await saveCodes(await createTestKit({ settings: mandatory }));
  assert.equal(new Set(codes).size, 10);
  for (const code of codes) assert.match(code, /^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/u);
});

test('H1: after a reload they are the same ten; once acknowledged nobody can read them again', async () => {
  const kit = await createTestKit({ settings: mandatory });
  const visitor = kit.visitor();
  await signUp(kit, visitor, { identifier: adasPhone, until: 'save-backup-codes' });
  const codes = shownCodes(visitor);
  await visitor.look();
  assert.deepEqual(shownCodes(visitor), codes);
  await visitor.act({ type: 'acknowledge' });
  const after = JSON.stringify((await visitor.look()).body);
  for (const code of codes) assert.ok(!after.includes(code));
});

test('H2: neither the codes nor anything they can be read from is in the store [defect 3, defect 82]', async () => {
  const kept: string[] = [];
  const store = memoryStore();
  const { commit } = store.flows;
  store.flows.commit = (flow, writes) => {
    kept.push(JSON.stringify([flow, writes]));
    return commit(flow, writes);
  };
  const kit = await createTestKit({ settings: mandatory, store });
  const codes = await saveCodes(kit);
  for (const code of codes) {
    assert.ok(!kept.some((text) => text.includes(code) || text.includes(code.replaceAll('-', ''))));
  }
  const last = kept.at(-1) ?? '';
  assert.ok(
    last.includes('add-factor') && !last.includes('"stage":"codes"'),
    'the sealed copy goes with the same commit',
  );
});

test('an abandoned set leaves none, and the next flow shows another', async () => {
  const kit = await createTestKit({ settings: mandatory });
  const visitor = kit.visitor();
  await signUp(kit, visitor, { identifier: adasPhone, until: 'save-backup-codes' });
  const abandoned = shownCodes(visitor);
  kit.clock.advance(60_000);
  const again = kit.visitor();
  await signIn(kit, again, { identifier: adasPhone, until: 'verify-factor' });
  assert.ok(!again.flow.step.actions.includes('switch'), 'there is no other way yet');
  await again.act({ type: 'submit-code', code: kit.inbox.code(adasPhone.value) });
  const codes = shownCodes(again);
  assert.ok(codes.every((code) => !abandoned.includes(code)));
});

test('H3, H5: each signs in once, however it is typed; all ten work, and the last brings a new set [CVE-2026-31875]', async () => {
  const kit = await createTestKit({ settings: mandatory });
  const codes = await saveCodes(kit);
  const writings = [
    (code: string) => code,
    (code: string) => code.toLowerCase(),
    (code: string) => code.replaceAll('-', ''),
    (code: string) => ` ${code.replaceAll('-', ' ')} `,
    (code: string) => code.replaceAll('0', 'o').replaceAll('1', 'l').replaceAll('-', '\u2013'),
  ];
  for (const [place, code] of codes.entries()) {
    const reply = await use(kit, (writings[place % writings.length] ?? String)(code));
    assert.equal(reply.status, 200, `${place}: ${JSON.stringify(reply.body)}`);
    const isLast = place === codes.length - 1;
    assert.equal(reply.flow.step.name, isLast ? 'save-backup-codes' : 'complete');
    if (isLast) continue;
    const second = await use(kit, code);
    assert.deepEqual([second.status, second.problem.code], [400, 'session.mfa.invalid_backup_code']);
  }
});

test('H5: a wrong one is refused, and after ten failures there is a wait that the phone does not share [defect 82, defect 7]', async () => {
  const kit = await createTestKit({ settings: mandatory });
  const [code = ''] = await saveCodes(kit);
  const visitor = await atBackupCode(kit);
  for (const typed of ['', '123', code.slice(1), `${code}X`]) {
    assert.notEqual((await visitor.act({ type: 'submit-code', code: typed || ' ' })).status, 200);
  }
  for (let tries = 4; tries < 10; tries += 1) {
    const { problem } = await visitor.act({ type: 'submit-code', code: 'AAAA-BBBB-CCCC-DDDD' });
    assert.equal(problem.code, 'session.mfa.invalid_backup_code');
  }
  const { status, problem } = await visitor.act({ type: 'submit-code', code });
  assert.deepEqual([status, problem.code], [429, 'session.verification_blocked_too_many_attempts']);
  assert.equal(problem.retryAfter, 900);
  await visitor.act({ type: 'switch' });
  const { step } = visitor.flow;
  assert.ok(step.name === 'choose-factor');
  await visitor.act({ type: 'choose', factorId: step.held[0]?.id });
  const right = await visitor.act({ type: 'submit-code', code: kit.inbox.code(adasPhone.value) });
  assert.equal(right.flow.step.name, 'complete');
});

/** The notices that were sent while something was done. */
const noticesDuring = async ({ inbox }: TestKit, act: () => Promise<unknown>) => {
  const before = inbox.messages.length;
  await act();
  return inbox.messages.slice(before).filter(({ usage }) => usage === 'Generic');
};

test('E7, H4: each use is told with how many are left, and with three or fewer that new ones should be made', async () => {
  const kit = await createTestKit({ settings: { ...mandatory, appName: 'A name of just thirty letters.' } });
  const codes = await saveCodes(kit);
  for (const [place, code] of codes.entries()) {
    const [notice, ...others] = await noticesDuring(kit, () => use(kit, code));
    const left = codes.length - place - 1;
    assert.ok(notice && others.length === 0, `${left} left`);
    assert.equal(notice.to, adasPhone.value);
    assert.match(notice.text, left > 3 ? new RegExp(`; ${left} are left`, 'u') : new RegExp(`left: ${left}\\.`, 'u'));
    assert.equal(/Make new ones/u.test(notice.text), left <= 3);
    assert.ok(notice.text.length <= 160, 'one segment');
  }
});

test('E7: it is mailed to who also holds an address; a code that is wrong, or has served, tells nothing', async () => {
  const kit = await createTestKit({ settings: mandatory });
  const [code = ''] = await saveCodes(kit, ada);
  const first = await atBackupCode(kit, ada);
  const wrong = () => first.act({ type: 'submit-code', code: 'AAAA-BBBB-CCCC-DDDD' });
  assert.deepEqual(await noticesDuring(kit, wrong), []);
  const [notice] = await noticesDuring(kit, () => first.act({ type: 'submit-code', code }));
  assert.deepEqual([notice?.channel, notice?.to], ['email', ada.value]);
  const again = await atBackupCode(kit, ada);
  assert.deepEqual(await noticesDuring(kit, () => again.act({ type: 'submit-code', code })), []);
});

test('H4: a host may ask for a new set: a held factor is proved first, and the old set dies with the new one', async () => {
  const kit = await createTestKit({ settings: mandatory });
  const [old = ''] = await saveCodes(kit);
  const session = kit.visitor();
  await signIn(kit, session, { identifier: adasPhone });
  const { session: who } = (await (await session.fetch(`${kit.base}/session`)).json()) as {
    session: { userId: string };
  };
  kit.clock.advance(60_000);
  const visitor = kit.visitor();
  await visitor.claim((await kit.begin({ kind: 'setup', userId: who.userId, factor: 'backup-codes' })).token);
  assert.equal(visitor.flow.step.name, 'verify-factor');
  await visitor.act({ type: 'submit-code', code: kit.inbox.code(adasPhone.value) });
  const [fresh = ''] = shownCodes(visitor);
  kit.clock.advance(60_000);
  assert.equal((await use(kit, old)).flow.step.name, 'complete', 'until it is acknowledged the old set serves');
  await visitor.act({ type: 'acknowledge' });
  assert.equal(visitor.flow.step.name, 'complete');
  kit.clock.advance(60_000);
  assert.equal((await use(kit, old)).problem.code, 'session.mfa.invalid_backup_code');
  assert.equal((await use(kit, fresh)).flow.step.name, 'complete');
});

test('H4: they are never the only factor: who holds nothing sets up a primary one first [CVE-2022-36071]', async () => {
  const kit = await createTestKit({ settings: mandatory });
  const visitor = kit.visitor();
  await visitor.claim((await kit.begin({ kind: 'setup', userId: 'bea', factor: 'backup-codes' })).token);
  assert.equal(visitor.flow.step.name, 'setup-factor');
  await assert.rejects(createTestKit({ settings: { factors: ['backup-codes'] } }), {
    message: 'settings.factors: backup codes need another factor beside them',
  });
});

test('an e-mail sign-up saves them after the phone is bound', async () => {
  const kit = await createTestKit({ settings: mandatory });
  const visitor = kit.visitor();
  await signUp(kit, visitor, { identifier: ada, until: 'save-backup-codes' });
  assert.equal(shownCodes(visitor).length, 10);
});

for (const [name, open] of stores) {
  test(`${name}: H3: of two hundred that use one code at once, one gets in [defect 3, GHSA-2299-ghjr-6vjp, GHSA-w73w-g5xw-rwhf]`, async () => {
    const kit = await kitOn(open, { settings: mandatory });
    const [code = ''] = await saveCodes(kit);
    const visitors: Visitor[] = [];
    for (let i = 0; i < 10; i += 1) visitors.push(await atBackupCode(kit));
    const replies = await Promise.all(
      visitors.flatMap((visitor) => Array.from({ length: 20 }, () => visitor.act({ type: 'submit-code', code }))),
    );
    const completed = replies.filter((reply) => reply.status === 200 && reply.flow.step.name === 'complete');
    assert.equal(completed.length, 1);
  });
}
