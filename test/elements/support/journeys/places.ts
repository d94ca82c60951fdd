import { createTestKit, drive, type TestKit, type TestKitOptions } from '@countersign/server/testing';
import { accounts, address, password, phone } from '../../../../stories/support/account.ts';
import type { Place } from '../person.ts';
import { makeElement, openOwnScene } from '../scene.ts';

/** Longer than the wait between two messages. */
export const minute = 61_000;
/** Who signs up. */
export const own = { identifier: { type: 'email', value: address }, password, phone } as const;

/** A flow that the person begins. */
export const opensOwn = (tag: Parameters<typeof openOwnScene>[0], kit: TestKit) => async (): Promise<Place> => ({
  kit,
  element: await openOwnScene(tag, kit),
});

/** A flow that a host begins, and takes the focus to. */
export const opensHosted =
  (kit: TestKit, kind: 'verify' | 'setup' = 'verify') =>
  async (): Promise<Place> => {
    const element = await makeElement(kit, { kind }, `countersign-${kind}`);
    element.autofocus = true;
    document.body.replaceChildren(element);
    return { kit, element };
  };

/** Ada, who has signed up a minute ago. */
export const member = async (settings: TestKitOptions['settings'] = {}): Promise<TestKit> => {
  const kit = await createTestKit(accounts(settings));
  await drive(kit).signUp(own);
  kit.clock.advance(minute);
  return kit;
};

/** A host's user, who holds a phone. */
export const holder = async (settings: TestKitOptions['settings'] = {}): Promise<TestKit> => {
  const kit = await createTestKit({ settings });
  await drive(kit).bind({ phone });
  kit.clock.advance(minute);
  return kit;
};

/** A code that is certainly not the one that was sent. */
export const wrong = (kit: TestKit): string => (kit.inbox.code() === '000000' ? '111111' : '000000');
