import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BeginOptions } from '@countersign/server';
import type { TestKit, Visitor } from '@countersign/server/testing';
import { ada, adasPhone, mandatory, signUp } from '../support/primary.ts';
import { assertHas } from '../support/assert-has.ts';
import { kitOn, stores } from '../support/stores.ts';

const enter = async (kit: TestKit, options: Partial<BeginOptions>): Promise<Visitor> => {
  const visitor = kit.visitor();
  await visitor.claim((await kit.begin({ kind: 'sign-in', ...options })).token);
  return visitor;
};

for (const [name, open] of stores) {
  test(`${name}: a phone that the host has proved is a factor, asked for with one message`, async () => {
    const kit = await kitOn(open, { settings: mandatory });
    const identifiers = [{ ...adasPhone, verifiedAt: kit.clock.now() - 1000 }];
    const visitor = await enter(kit, { identifiers });
    assert.equal(visitor.flow.step.name, 'verify-factor');
    assert.equal(kit.inbox.messages.length, 1);
    await visitor.act({ type: 'submit-code', code: kit.inbox.code() });
    assert.equal(visitor.flow.step.name, 'save-backup-codes');
    await enter(kit, { identifiers });
    assert.equal((await kit.backend.users.factors('ada')).length, 1, 'told again, it is no second one');
  });

  test(`${name}: a phone that nobody has proved is no factor, until somebody has`, async () => {
    const kit = await kitOn(open, { settings: mandatory });
    const { step } = (await enter(kit, { identifiers: [adasPhone] })).flow;
    assertHas(step, { name: 'setup-factor', stage: 'phone', prefill: adasPhone.value });
    assert.deepEqual(await kit.backend.users.factors('ada'), []);
    const proved = [{ ...adasPhone, verifiedAt: kit.clock.now() }];
    assert.equal((await enter(kit, { identifiers: proved })).flow.step.name, 'verify-factor');
  });

  test(`${name}: an address that names somebody else fails nothing, and still names them`, async () => {
    const kit = await kitOn(open, { settings: mandatory });
    await signUp(kit, kit.visitor(), { identifier: adasPhone, until: 'save-backup-codes' });
    kit.clock.advance(60_000);
    const visitor = await enter(kit, {
      userId: 'bea',
      identifiers: [{ ...adasPhone, verifiedAt: kit.clock.now() }, ada],
    });
    assert.equal(visitor.flow.step.name, 'verify-factor', 'families share phones');
    const other = kit.visitor();
    await other.begin('sign-in');
    await other.act({ type: 'identify', identifier: adasPhone, password: 'not this one' });
    assert.equal(other.flow.step.name, 'identify', 'the password asked for is still that of the first');
  });

  test(`${name}: what is no address, or was proved in the future, is refused with its path`, async () => {
    const kit = await kitOn(open, { settings: mandatory });
    const begin = (identifiers: BeginOptions['identifiers'] = []) => kit.begin({ kind: 'sign-in', identifiers });
    const code = 'guard.invalid_input';
    const noPhone = begin([ada, { type: 'phone', value: '12' }]);
    await assert.rejects(noPhone, { code, details: { path: 'identifiers.1.value' } });
    const future = begin([{ ...adasPhone, verifiedAt: kit.clock.now() + 1 }]);
    await assert.rejects(future, { code, details: { path: 'identifiers' } });
  });
}
