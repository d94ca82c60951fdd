import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AccountAction } from '@countersign/core/requests';
import { createTestKit, type TestKit, type Visitor } from '@countersign/server/testing';
import { addPhone, changeRequests, type OwnAccount, ownAccount } from '../support/account.ts';
import { mandatory, signIn, signUp } from '../support/primary.ts';

const settings = { ...mandatory, trustedDevices: { days: 30 } };
const minute = 61_000;
/** Longer than sends are counted by the number. */
const quiet = 11 * minute;

/** A member with two phones and two trusted browsers, and what a change would be of. */
interface Scene {
  kit: TestKit;
  account: OwnAccount;
  action: AccountAction;
  target: string;
  other: string;
}

const trustBrowser = async (kit: TestKit): Promise<Visitor> => {
  const visitor = kit.visitor();
  await signIn(kit, visitor, { until: 'verify-factor' });
  await visitor.act({ type: 'submit-code', code: kit.inbox.code(), trust: true });
  kit.clock.advance(minute);
  return visitor;
};

const begin = async (action: AccountAction): Promise<Scene> => {
  const kit = await createTestKit({ settings });
  const visitor = kit.visitor();
  await signUp(kit, visitor, {});
  kit.clock.advance(minute);
  await addPhone(kit, visitor, '+31612345678');
  kit.clock.advance(minute);
  for (let browsers = 0; browsers < 2; browsers += 1) await trustBrowser(kit);
  kit.clock.advance(quiet);
  const account = ownAccount(kit, visitor);
  const { userId, factors, devices } = await account.read();
  const phones = factors.filter(({ type }) => type === 'sms');
  const [target, other] = (action === 'forget-device' ? devices : phones).map(({ id }) => id);
  assert.ok(target !== undefined && other !== undefined);
  return { kit, account, action, target: action === 'export' ? userId : target, other };
};

const change = ({ account, action, target }: Scene, stepUp: string) => {
  const { method, path, body } = changeRequests[action](target);
  return account.send(method, path, { stepUp, ...(body && { body }) });
};

/** What somebody may bring who has no leave for the change. */
const leaves: Readonly<Record<string, (scene: Scene) => Promise<string>>> = {
  'no step-up': async () => '',
  'a step-up for another action': async ({ account, action, target }) => {
    if (action === 'rename-factor') return account.stepUp('set-default', target);
    const { factors } = await account.read();
    return account.stepUp('rename-factor', factors[0]?.id ?? '');
  },
  'a step-up for another target': ({ account, action, other }) => account.stepUp(action, other),
  'a step-up of another session': async ({ kit, action, target }) => {
    const elsewhere = kit.visitor();
    await signIn(kit, elsewhere, {});
    kit.clock.advance(minute);
    return ownAccount(kit, elsewhere).stepUp(action, target);
  },
  'a step-up that is over': async ({ kit, account, action, target }) => {
    const leave = await account.stepUp(action, target);
    kit.clock.advance(600_000);
    return leave;
  },
  'a step-up that has served': async (scene) => {
    const leave = await scene.account.stepUp(scene.action, scene.target);
    assert.equal((await change(scene, leave)).status, 200, 'the change itself is one that can be made');
    return leave;
  },
};

/** The export has one target, and may be taken up again. */
const isApart = (action: AccountAction, leave: string): boolean =>
  action !== 'export' || !/another target|has served/u.test(leave);

for (const action of Object.keys(changeRequests) as AccountAction[]) {
  for (const [leave, bring] of Object.entries(leaves).filter(([name]) => isApart(action, name))) {
    test(`E1, E2: ${action} is refused with ${leave}, and nothing changes`, async () => {
      const scene = await begin(action);
      const stepUp = await bring(scene);
      const before = await scene.account.read();
      const { status, body } = await change(scene, stepUp);
      const isGone = leave.endsWith('has served') && /remove|forget/u.test(action);
      assert.deepEqual([status, body['code']], isGone ? [404, 'account.not_found'] : [403, 'session.step_up_required']);
      assert.deepEqual(await scene.account.read(), before);
    });
  }
}
