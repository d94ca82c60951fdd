import { expect } from 'chai';
import type { CountersignBackupCodes } from '@countersign/elements/backup-codes/backup-codes';
import { html } from 'lit';
import { barriers, drawn, find, hide, press, show, until } from './support/page.ts';

const codes = ['7KQM-2PWX-9H4T-C0DZ', '1F8R-6YNB-3VJE-5SGA', 'X2W9-KD07-MQ4P-8TZC'];
const sent: (FormDataEntryValue | null)[] = [];

const onSubmit = (event: SubmitEvent): void => {
  event.preventDefault();
  sent.push(new FormData(event.target as HTMLFormElement).get('saved'));
};

const field = (): CountersignBackupCodes => find('countersign-backup-codes');
const box = (): HTMLInputElement => find('countersign-backup-codes > input');
const inside = <E extends Element = HTMLElement>(selector: string): E =>
  find<E>(selector, field().shadowRoot ?? field());
const button = (name: string): HTMLButtonElement => {
  const found = [...(field().shadowRoot?.querySelectorAll('button') ?? [])].find((each) => each.textContent === name);
  if (!found) throw new Error(`no button "${name}"`);
  return found;
};
const outcome = (): string => inside('[role=status]').textContent ?? '';

const open = (): Promise<HTMLElement> =>
  show(
    html`<form @submit=${onSubmit}>
      <countersign-backup-codes name="saved" required .codes=${codes}></countersign-backup-codes><button>Go on</button>
    </form>`,
  );

/** Puts a function of the test's in the place of the platform's until the test is over. */
const undo: (() => void)[] = [];
const replace = (target: object, name: string, value: unknown): void => {
  const before = Object.getOwnPropertyDescriptor(target, name);
  Object.defineProperty(target, name, { value, configurable: true });
  undo.push(() => (before ? Object.defineProperty(target, name, before) : Reflect.deleteProperty(target, name)));
};

describe('backup codes', () => {
  beforeEach(() => {
    sent.length = 0;
    return open();
  });

  afterEach(() => {
    for (const each of undo.splice(0)) each();
    document.documentElement.dir = '';
    hide();
  });

  it('have no barriers, and are never translated or turned round', async () => {
    expect(await barriers()).to.deep.equal([]);
    document.documentElement.dir = 'rtl';
    const list = inside('ol');
    expect([list.getAttribute('translate'), getComputedStyle(list).direction]).to.deep.equal(['no', 'ltr']);
    expect([...list.children].map(({ textContent }) => textContent)).to.deep.equal(codes);
    expect(getComputedStyle(list).fontFamily).to.contain('monospace');
  });

  it('KD-37: keep the form from being sent until the box is ticked, and say why', async () => {
    find<HTMLButtonElement>('form > button').click();
    await drawn();
    expect(sent).to.deep.equal([]);
    expect(document.activeElement === box()).to.equal(true);
    expect(find('.countersign-message').textContent).to.equal('Save the codes first, then tick this box.');
    await press(' ', 'Enter');
    expect(sent).to.deep.equal(['saved']);
    find<HTMLFormElement>('form').reset();
    await drawn();
    expect([box().checked, field().value, field().validity.valueMissing]).to.deep.equal([false, '', true]);
  });

  it('can be ticked by their label, which names the box', () => {
    find<HTMLLabelElement>('countersign-backup-codes > label').click();
    expect(box().labels?.[0]?.textContent).to.equal('I have saved my backup codes');
    expect([box().checked, field().value]).to.deep.equal([true, 'saved']);
  });

  it('are copied, one a line', async () => {
    const copied: string[] = [];
    replace(navigator, 'clipboard', { writeText: async (text: string) => void copied.push(text) });
    button('Copy').click();
    await until(() => outcome() === 'Copied.');
    expect(copied).to.deep.equal([codes.join('\n')]);
  });

  it('are selected where copying is not allowed', async () => {
    replace(navigator, 'clipboard', undefined);
    button('Copy').click();
    await until(() => outcome().startsWith('The codes are selected.'));
  });

  it('are downloaded as numbered text', async () => {
    const blobs: Blob[] = [];
    const names: string[] = [];
    replace(URL, 'createObjectURL', (blob: Blob) => {
      blobs.push(blob);
      return 'blob:codes';
    });
    replace(HTMLAnchorElement.prototype, 'click', function click(this: HTMLAnchorElement) {
      names.push(this.download);
    });
    button('Download').click();
    await until(() => outcome() === 'Downloaded.');
    expect(names).to.deep.equal(['backup-codes.txt']);
    const text = await blobs[0]?.text();
    expect(text).to.contain(`Backup codes for ${location.host}`);
    expect(text).to.contain(` 1. ${codes[0]}\n 2. ${codes[1]}\n 3. ${codes[2]}\n`);
  });

  it('KD-37: are printed without the page around them', async () => {
    const printed: string[] = [];
    const { append } = HTMLElement.prototype;
    replace(document.body, 'append', (frame: HTMLIFrameElement) => {
      append.call(document.body, frame);
      const { contentWindow, contentDocument } = frame;
      if (contentWindow) replace(contentWindow, 'print', () => printed.push(contentDocument?.body.textContent ?? ''));
      undo.push(() => contentWindow?.dispatchEvent(new Event('afterprint')));
    });
    button('Print').click();
    await until(() => printed.length > 0);
    expect(printed).to.deep.equal([`Backup codes for ${location.host}${codes.join('')}`]);
    find<HTMLIFrameElement>('iframe').contentWindow?.dispatchEvent(new Event('afterprint'));
    expect(document.querySelector('iframe')).to.equal(null);
  });

  it('fit into 320 pixels', () => {
    find('main').style.width = '288px';
    expect(inside('ol').scrollWidth).to.equal(inside('ol').clientWidth);
    for (const name of ['Copy', 'Download', 'Print']) expect(button(name).scrollWidth).to.be.at.most(288);
    expect(field().scrollWidth).to.be.at.most(288);
  });
});
