import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createKey, type SlowHash } from '@countersign/server';
import { createTestKit, type TestKit, type TestKitOptions } from '@countersign/server/testing';
import { ada, mandatory, signIn, signUp } from '../support/primary.ts';
import { stores } from '../support/stores.ts';

/** A hash that is quick and under a name of its own; it notes whenever it is asked. */
const noted = (id: string): SlowHash & { asked: string[] } => {
  const asked: string[] = [];
  return {
    id,
    isForTests: true,
    asked,
    async derive(text, salt) {
      asked.push(text);
      const bytes = new TextEncoder().encode(`${id} ${text}`);
      return new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array([...salt, ...bytes])));
    },
  };
};

const optional = { ...mandatory, policy: { mode: 'optional', prompt: 'never' } } as const;
const nobody = { type: 'email', value: 'nobody@example.com' } as const;

for (const [name, open] of stores) {
  /** Kits on one store, as one backend is put together again and again. */
  const sameStore = async (settings: TestKitOptions['settings'] = optional) => {
    const given = { store: await open(), keys: [await createKey()] as const, settings };
    // Odd ones alone differ.
    let seed = 1;
    return (hashes: Pick<TestKitOptions, 'slowHash' | 'formerHashes'>): Promise<TestKit> =>
      createTestKit({ ...given, ...hashes, seed: (seed += 2) });
  };

  test(`${name}: a password of before is hashed anew when its owner signs in, and then needs the old hash no more`, async () => {
    const [older, newer] = [noted('older'), noted('newer')];
    const start = await sameStore();
    const before = await start({ slowHash: older });
    await signUp(before, before.visitor(), {});
    const between = await start({ slowHash: newer, formerHashes: [older] });
    assert.equal((await signIn(between, between.visitor(), {})).at(-1), 'complete');
    const after = await start({ slowHash: newer });
    assert.equal((await signIn(after, after.visitor(), {})).at(-1), 'complete');
  });

  test(`${name}: a wrong password changes nothing, and takes each hash as an unknown user does`, async () => {
    const [older, newer] = [noted('older'), noted('newer')];
    const start = await sameStore();
    const before = await start({ slowHash: older });
    await signUp(before, before.visitor(), {});
    const between = await start({ slowHash: newer, formerHashes: [older] });
    older.asked.length = 0;
    for (const identifier of [ada, nobody]) {
      const visitor = between.visitor();
      await visitor.begin('sign-in');
      const reply = await visitor.act({ type: 'identify', identifier, password: 'not it at all' });
      assert.deepEqual([reply.status, reply.problem.code], [422, 'session.invalid_credentials']);
    }
    assert.deepEqual([older.asked.length, newer.asked.length], [2, 2]);
    const back = await start({ slowHash: older });
    assert.equal((await signIn(back, back.visitor(), {})).at(-1), 'complete');
  });

  test(`${name}: backup codes that were saved under a hash of before still serve, each once`, async () => {
    const [older, newer] = [noted('older'), noted('newer')];
    const start = await sameStore(mandatory);
    const before = await start({ slowHash: older });
    const member = before.visitor();
    await signUp(before, member, { until: 'save-backup-codes' });
    const [code = ''] = (member.flow.step as { codes?: string[] }).codes ?? [];
    await member.act({ type: 'acknowledge' });
    const between = await start({ slowHash: newer, formerHashes: [older] });
    const use = async () => {
      const visitor = between.visitor();
      await signIn(between, visitor, { until: 'verify-factor' });
      await visitor.act({ type: 'switch' });
      const { step } = visitor.flow;
      assert.ok(step.name === 'choose-factor');
      await visitor.act({ type: 'choose', factorId: step.held.find(({ type }) => type === 'backup-codes')?.id });
      return visitor.act({ type: 'submit-code', code });
    };
    assert.equal((await use()).flow.step.name, 'complete');
    assert.equal((await use()).problem.code, 'session.mfa.invalid_backup_code');
  });
}
