import { createTestKit, drive, type TestKit } from '@countersign/server/testing';
import { expect } from 'chai';
import type { CountersignFlowElement } from '@countersign/elements';
import { barriers, press, type } from './support/page.ts';
import { arrivesAt, openOwnScene, until } from './support/scene.ts';

const settings = {
  signUp: { identifiers: ['email' as const] },
  factors: ['sms', 'backup-codes'],
  policy: { mode: 'mandatory' as const },
  trustedDevices: { days: 30 },
};

const focused = (): HTMLInputElement => document.activeElement as HTMLInputElement;

const boxOf = (element: Element): HTMLInputElement => {
  const box = element.querySelector<HTMLInputElement>('input[name=trust]');
  if (!box) throw new Error('there is no box to tick');
  return box;
};

const open = async (): Promise<TestKit> => {
  const kit = await createTestKit({ settings });
  await drive(kit).signUp();
  kit.clock.advance(61_000);
  return kit;
};

/** Signs in, in the browser given, up to the code that is asked for. */
const signsIn = async (kit: TestKit, fetcher: typeof fetch): Promise<CountersignFlowElement> => {
  const element = await openOwnScene('countersign-sign-in', { ...kit, browser: () => fetcher });
  await type('ada@example.com');
  await press('Tab');
  await type('correct horse 9 battery');
  await press('Enter');
  return element;
};

describe('trusting a browser', () => {
  it('is asked below the code, and not again for the days it says', async () => {
    const kit = await open();
    const browser = kit.browser();
    const element = await signsIn(kit, browser);
    await arrivesAt(element, 'Enter the code');
    await until(() => expect(focused().autocomplete).to.equal('one-time-code'));
    const box = boxOf(element);
    expect([box.checked, box.labels?.[0]?.textContent?.trim()]).to.deep.equal([
      false,
      'Trust this browser for 30 days',
    ]);
    expect(await barriers()).to.deep.equal([]);
    await press('Tab', 'Space');
    expect(box.checked).to.equal(true);
    element.querySelector<HTMLInputElement>('[autocomplete=one-time-code]')?.focus();
    const wrong = kit.inbox.code() === '000000' ? '111111' : '000000';
    await type(wrong);
    await until(() => expect(element.textContent).to.contain('That code is not right.'));
    expect(box.checked).to.equal(true);
    await type(kit.inbox.code());
    await arrivesAt(element, 'You are signed in');
    const again = await signsIn(kit, browser);
    await arrivesAt(again, 'You are signed in');
  });

  it('asks again where the box was left alone, and takes no tick along to another way', async () => {
    const kit = await open();
    const browser = kit.browser();
    const element = await signsIn(kit, browser);
    await arrivesAt(element, 'Enter the code');
    boxOf(element).click();
    [...element.querySelectorAll('button')].find((one) => one.textContent === 'Try another way')?.click();
    await arrivesAt(element, 'Choose how to confirm that it is you');
    element.querySelector('countersign-factor-list')?.shadowRoot?.querySelector('button')?.click();
    await arrivesAt(element, 'Enter the code');
    expect(boxOf(element).checked).to.equal(false);
    await until(() => expect(focused().autocomplete).to.equal('one-time-code'));
    await type(kit.inbox.code());
    await arrivesAt(element, 'You are signed in');
    kit.clock.advance(61_000);
    await arrivesAt(await signsIn(kit, browser), 'Enter the code');
  });
});
