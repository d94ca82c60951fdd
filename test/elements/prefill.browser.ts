import { expect } from 'chai';
import { createTestKit } from '@countersign/server/testing';
import { makeElement, until } from './support/scene.ts';

describe('a number that the host knows', () => {
  it('stands in the phone field, and is sent to as it is', async () => {
    const kit = await createTestKit({ settings: { policy: { mode: 'mandatory' } } });
    const identifiers = [{ type: 'phone', value: '+31612345678' }] as const;
    const element = await makeElement(kit, { kind: 'sign-in', identifiers });
    document.body.append(element);
    const input = () => element.querySelector<HTMLInputElement>('input[type="tel"]');
    await until(() => expect(input()?.value.replaceAll(' ', '')).to.match(/612345678$/u));
    element.querySelector<HTMLButtonElement>('form [type="submit"]')?.click();
    await until(() => expect(kit.inbox.messages.at(-1)?.to).to.equal('+31612345678'));
    element.remove();
  });
});
