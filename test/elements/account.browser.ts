import { drive, type TestKit } from '@countersign/server/testing';
import { expect } from 'chai';
import { type AccountScene, buttonOf, openAccount, outcomeOf, stepOf } from './support/account-scene.ts';
import { barriers, press, type } from './support/page.ts';
import { until } from './support/scene.ts';

const focused = (): HTMLElement => {
  const { activeElement } = document;
  const inner = activeElement?.shadowRoot?.activeElement ?? activeElement;
  return inner instanceof HTMLElement ? inner : document.body;
};

const textOf = (element: Element): string => element.shadowRoot?.textContent?.replaceAll(/\s+/gu, ' ') ?? '';

/** With the keyboard alone: from the button to the code that is asked for, and its end. */
const confirms = async ({ kit, element }: AccountScene): Promise<void> => {
  await until(() => expect(stepOf(element)).to.equal('Enter the code'));
  await until(() => expect(focused().getAttribute('autocomplete')).to.equal('one-time-code'));
  await type(kit.inbox.code());
};

const presses = async ({ element }: AccountScene, name: string): Promise<void> => {
  buttonOf(element, name).focus();
  await press('Enter');
};

const ends = async ({ element }: AccountScene, outcome: string): Promise<void> => {
  await until(() => expect(outcomeOf(element)).to.equal(outcome));
  expect(focused().id).to.equal('held');
  expect(element.querySelector('[slot=task]')).to.equal(null);
};

const trustsBrowser = async (kit: TestKit): Promise<void> => {
  const visitor = await drive(kit).signIn({ until: 'verify-factor' });
  await visitor.act({ type: 'submit-code', code: kit.inbox.code(), trust: true });
  kit.clock.advance(61_000);
};

const addsPhone = async (kit: TestKit, fetcher: typeof fetch): Promise<void> => {
  const visitor = kit.visitor(fetcher);
  await visitor.begin({ kind: 'setup', factor: 'sms' });
  await visitor.act({ type: 'submit-code', code: kit.inbox.code() });
  await visitor.act({ type: 'submit-phone', phone: '+31612345678' });
  await visitor.act({ type: 'submit-code', code: kit.inbox.code('+31612345678') });
  kit.clock.advance(61_000);
};

describe('account', () => {
  it('says what is held, what can be done about it, and which one each button means', async () => {
    const { element } = await openAccount({ before: (kit) => trustsBrowser(kit) });
    expect(textOf(element)).to.match(/It is on, and required for your account\..*Text message •••• 21 Added/u);
    buttonOf(element, 'Rename Text message, •••• 21');
    buttonOf(element, 'Replace Text message, •••• 21');
    buttonOf(element, 'Remove Backup codes, 10 left');
    buttonOf(element, 'New backup codes');
    buttonOf(element, 'Text message');
    expect(await barriers()).to.deep.equal([]);
  });

  it('renames a factor by keyboard, after a code', async () => {
    const scene = await openAccount();
    await presses(scene, 'Rename Text message, •••• 21');
    await until(() => expect(focused().id).to.equal('countersign-name'));
    expect(await barriers()).to.deep.equal([]);
    await type('Work phone');
    await press('Enter');
    await confirms(scene);
    await ends(scene, 'The name is changed.');
    buttonOf(scene.element, 'Rename Work phone, •••• 21');
    expect(scene.changes.map(({ change, account }) => [change, account.factors[0]?.name])).to.deep.equal([
      ['rename-factor', 'Work phone'],
    ]);
  });

  it('makes another factor the default', async () => {
    const scene = await openAccount({ before: addsPhone });
    await presses(scene, 'Make default: Text message, •••• 78');
    await confirms(scene);
    await ends(scene, 'From now on you are asked for this first: Text message, •••• 78.');
    expect(textOf(scene.element)).to.match(/Default •••• 78/u);
  });

  it('says what removing means, and removes after a code', async () => {
    const scene = await openAccount({ before: addsPhone });
    await presses(scene, 'Remove Text message, •••• 78');
    await until(() => expect(scene.element.textContent).to.contain('Your other devices are signed out.'));
    expect(document.activeElement?.getAttribute('aria-label')).to.equal('Remove Text message, •••• 78');
    expect(await barriers()).to.deep.equal([]);
    await press('Tab', 'Enter');
    await confirms(scene);
    await ends(scene, 'Removed: Text message, •••• 78.');
    expect(() => buttonOf(scene.element, 'Remove Text message, •••• 78')).to.throw();
  });

  it('does not begin to remove the last way where one is required, and gives the focus back', async () => {
    const scene = await openAccount();
    await presses(scene, 'Remove Text message, •••• 21');
    await until(() => expect(scene.element.textContent).to.contain('This is your only way to verify, and one is'));
    await press('Tab', 'Enter');
    await until(() => expect(focused()).to.equal(buttonOf(scene.element, 'Remove Text message, •••• 21')));
    expect(scene.changes).to.deep.equal([]);
  });

  it('turns 2-step verification off with the last factor where that is allowed, and says so before', async () => {
    const policy = { mode: 'optional', prompt: 'sign-in-and-sign-up' } as const;
    const scene = await openAccount({ settings: { policy } });
    await presses(scene, 'Remove Text message, •••• 21');
    await until(() => expect(scene.element.textContent).to.contain('Without it 2-step verification is off'));
    await press('Tab', 'Enter');
    await confirms(scene);
    await until(() => expect(textOf(scene.element)).to.contain('It is off: a password alone'));
    expect(focused().id).to.equal('heading');
    expect(await barriers()).to.deep.equal([]);
  });

  it('replaces a phone', async () => {
    const scene = await openAccount();
    await presses(scene, 'Replace Text message, •••• 21');
    await confirms(scene);
    await until(() => expect(stepOf(scene.element)).to.equal('Add your phone number'));
    await until(() => expect(focused().getAttribute('autocomplete')).to.equal('tel'));
    await type('+31612345678');
    await press('Enter');
    await until(() => expect(focused().getAttribute('autocomplete')).to.equal('one-time-code'));
    await type(scene.kit.inbox.code('+31612345678'));
    await ends(scene, 'The new one has taken the place of the old one.');
    expect(textOf(scene.element)).to.contain('•••• 78').and.not.to.contain('•••• 21');
  });

  it('S6: turns 2-step verification on, behind the password', async () => {
    const policy = { mode: 'optional', prompt: 'sign-in-and-sign-up' } as const;
    const scene = await openAccount({ settings: { policy }, person: { until: 'turn-on' } });
    const { kit, element } = scene;
    await presses(scene, 'Turn on 2-step verification');
    await until(() => expect(stepOf(element)).to.equal('Enter your password'));
    await until(() => expect(focused().getAttribute('autocomplete')).to.equal('current-password'));
    expect([...element.querySelectorAll('button')].map(({ textContent }) => textContent?.trim())).to.not.include(
      'Use another account',
    );
    await type('correct horse 9 battery');
    await press('Enter');
    await until(() => expect(focused().getAttribute('autocomplete')).to.equal('tel'));
    await type('+31612345678');
    await press('Enter');
    await until(() => expect(focused().getAttribute('autocomplete')).to.equal('one-time-code'));
    await type(kit.inbox.code());
    await until(() => expect(stepOf(element)).to.equal('Save your backup codes'));
    element.querySelector<HTMLInputElement>('input[type=checkbox]')?.click();
    element.querySelector<HTMLButtonElement>('[type=submit]')?.click();
    await ends(scene, '2-step verification is on.');
  });

  it('forgets a trusted browser', async () => {
    const scene = await openAccount({ before: (kit) => trustsBrowser(kit) });
    const { element } = scene;
    const name = [...(element.shadowRoot?.querySelectorAll('[aria-label^=Forget]') ?? [])][0]?.ariaLabel ?? '';
    await presses(scene, name);
    await confirms(scene);
    await until(() => expect(outcomeOf(element)).to.match(/^Asked for the second step again from now on/u));
    expect(textOf(element)).not.to.contain('Trusted browsers');
  });

  it('hands out all that is kept, after a code', async () => {
    const scene = await openAccount();
    let saved: Blob | MediaSource | undefined;
    const { createObjectURL } = URL;
    URL.createObjectURL = (blob) => createObjectURL.call(URL, (saved = blob));
    await presses(scene, 'Download my data');
    await confirms(scene);
    await ends(scene, 'Your data is downloaded.');
    URL.createObjectURL = createObjectURL;
    expect(saved instanceof Blob && (await saved.text())).to.contain('+31687654321');
    expect(scene.changes).to.deep.equal([]);
  });

  it('gives up what is under way, and starts something else instead', async () => {
    const scene = await openAccount();
    await presses(scene, 'Rename Text message, •••• 21');
    await presses(scene, 'New backup codes');
    await until(() => expect(stepOf(scene.element)).to.equal('Enter the code'));
    expect(scene.element.querySelectorAll('form')).to.have.length(1);
    [...scene.element.querySelectorAll('button')].find((button) => button.textContent === 'Cancel')?.click();
    await until(() => expect(focused()).to.equal(buttonOf(scene.element, 'New backup codes')));
  });

  it('says that the session is over', async () => {
    const scene = await openAccount({ before: addsPhone });
    const { kit, element } = scene;
    await element.options.fetch?.(`${kit.base}/session`, { method: 'DELETE' });
    await presses(scene, 'New backup codes');
    await until(() => expect(textOf(element)).to.contain('You are signed out. Sign in again'));
    expect(await barriers()).to.deep.equal([]);
  });

  it('fits into 320 pixels, in both writing directions, with a task open', async () => {
    const scene = await openAccount({ before: addsPhone });
    const { element } = scene;
    element.style.width = '304px';
    await presses(scene, 'Rename Text message, •••• 78');
    for (const dir of ['rtl', 'ltr']) {
      document.documentElement.dir = dir;
      expect(element.scrollWidth, dir).to.be.at.most(element.clientWidth);
    }
    document.documentElement.dir = '';
  });
});
