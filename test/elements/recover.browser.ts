import { createTestKit, drive, type TestKit, type TestKitOptions } from '@countersign/server/testing';
import { expect } from 'chai';
import type { CompleteEvent, CountersignFlowElement } from '@countersign/elements';
import { recoveryPass } from '../support/recovery-pass.ts';
import { barriers, press, type } from './support/page.ts';
import { arrivesAt, openOwnScene, until } from './support/scene.ts';

const focused = (): HTMLInputElement => document.activeElement as HTMLInputElement;

const settings: NonNullable<TestKitOptions['settings']> = {
  signUp: { identifiers: ['email'] },
  factors: ['sms', 'backup-codes'],
  policy: { mode: 'mandatory' },
};

interface Door {
  kit: TestKit;
  element: CountersignFlowElement;
  pass: string;
  ends: CompleteEvent[];
}

const open = async (more: typeof settings = {}): Promise<Door> => {
  const kit = await createTestKit({ settings: { ...settings, ...more } });
  const pass = await recoveryPass(kit, await drive(kit).signUp());
  kit.clock.advance(61_000);
  const element = await openOwnScene('countersign-recover', kit);
  const ends: CompleteEvent[] = [];
  element.addEventListener('countersign-complete', (event) => ends.push(event));
  await arrivesAt(element, 'Recover your account');
  return { kit, element, pass, ends };
};

const givesPassword = async (element: Element): Promise<void> => {
  await type('ada@example.com');
  await press('Tab');
  await type('correct horse 9 battery');
  await press('Enter');
  await arrivesAt(element, 'Enter your recovery pass');
  await until(() => expect(focused().labels?.[0]?.textContent).to.equal('Recovery pass'));
};

const gives = async (text: string): Promise<void> => {
  await type(text);
  await press('Enter');
};

describe('recover', () => {
  it('goes by keyboard from the password and the pass to a new factor, and signs in', async () => {
    const { kit, element, pass, ends } = await open();
    expect(await barriers()).to.deep.equal([]);
    await givesPassword(element);
    expect(await barriers()).to.deep.equal([]);
    await gives(pass);
    await arrivesAt(element, 'Add your phone number');
    expect(element.textContent).not.to.contain('Not now');
    await until(() => expect(focused().autocomplete).to.equal('tel'));
    await gives('+31612345678');
    await arrivesAt(element, 'Enter the code');
    await until(() => expect(focused().autocomplete).to.equal('one-time-code'));
    await type(kit.inbox.code('+31612345678'));
    await arrivesAt(element, 'You are signed in');
    expect(ends.map(({ proof, session }) => [proof, session !== null])).to.deep.equal([['', true]]);
    expect(ends[0]?.held.map(({ target }) => target)).to.include('•••• 78');
    expect(await barriers()).to.deep.equal([]);
  });

  it('says at the field that a pass is not right, keeps it for mending, and takes the right one', async () => {
    const { element, pass } = await open();
    await givesPassword(element);
    await gives('0000-0000-0000-0000');
    await until(() =>
      expect(element.textContent).to.contain('This pass is not right, or it was used, or its time is over.'),
    );
    expect([focused().value, focused().getAttribute('aria-invalid')]).to.deep.equal(['0000-0000-0000-0000', 'true']);
    expect(await barriers()).to.deep.equal([]);
    focused().select();
    await gives(pass.toLowerCase().replaceAll('-', ' '));
    await arrivesAt(element, 'Add your phone number');
  });

  it('says that a wrong password matches no account', async () => {
    const { element } = await open();
    await type('ada@example.com');
    await press('Tab');
    await gives('not my password');
    await until(() => expect(element.textContent).to.contain('No account matches what you typed.'));
  });

  it('does not call it signing in where the password is asked for by itself', async () => {
    const { element } = await open({ signIn: { methods: ['password', 'code'] } });
    await gives('ada@example.com');
    await arrivesAt(element, 'Enter your password');
    expect(element.querySelector('.countersign-primary')?.textContent).to.equal('Continue');
    expect(element.querySelector('a')?.getAttribute('href')).to.equal('/sign-in');
  });
});
