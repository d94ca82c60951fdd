import type { FormField } from '@countersign/elements/field/form-field';
import { expect } from 'chai';
import { html, type TemplateResult } from 'lit';
import { focused } from './support/announcements.ts';
import { drawn, find, hide, press, show, type } from './support/page.ts';

interface Row {
  tag: string;
  field: TemplateResult;
  /** What one does with the keyboard in it, and what the form sends then. */
  keys: () => Promise<void>;
  sends: string;
  /** What it says where nothing was done. */
  missing: string;
  /** A click on the label of a box does what the keys do. */
  isBox?: boolean;
}

const rows: readonly Row[] = [
  {
    tag: 'countersign-code-field',
    field: html`<countersign-code-field name="it" required></countersign-code-field>`,
    keys: () => type('123456'),
    sends: '123456',
    missing: 'The code has 6 digits.',
  },
  {
    tag: 'countersign-phone-field',
    field: html`<countersign-phone-field name="it" required></countersign-phone-field>`,
    keys: () => type('+31612345678'),
    sends: '+31612345678',
    missing: 'Enter your phone number.',
  },
  {
    tag: 'countersign-text-field',
    field: html`<countersign-text-field name="it" type="email" required></countersign-text-field>`,
    keys: () => type('ada@example.com'),
    sends: 'ada@example.com',
    missing: 'Fill this in.',
  },
  {
    tag: 'countersign-backup-codes',
    field: html`<countersign-backup-codes name="it" required .codes=${['7KQM-2PWX']}></countersign-backup-codes>`,
    keys: () => press('Space'),
    sends: 'saved',
    missing: 'Save the codes first, then tick this box.',
    isBox: true,
  },
];

const form = (): HTMLFormElement => find('form');
const sent = (): FormDataEntryValue | null => new FormData(form()).get('it');
const input = (): HTMLInputElement => find('fieldset input');

describe('a field in a plain form', () => {
  afterEach(hide);

  for (const { tag, field, keys, sends, missing, isBox = false } of rows) {
    const element = (): FormField => find(tag);

    describe(tag, () => {
      beforeEach(() =>
        show(
          html`<form>
            <fieldset>${field}</fieldset>
            <button>Send</button>
          </form>`,
        ),
      );

      it('is reached by a click on its label, and sends what was entered', async () => {
        find('fieldset label').click();
        if (!isBox) await keys();
        await drawn();
        expect([sent(), input().labels?.length]).to.deep.equal([sends, 1]);
        expect([element().form === form(), form().elements.namedItem('it') === element()]).to.deep.equal([true, true]);
      });

      it('keeps the form from being sent while it is empty, says why, and takes the focus', async () => {
        let isSent = false;
        form().addEventListener('submit', (event) => {
          event.preventDefault();
          isSent = true;
        });
        expect([element().checkValidity(), element().validity.valueMissing]).to.deep.equal([false, true]);
        find('button[type=submit], form > button').focus();
        await press('Enter');
        await drawn();
        expect([isSent, element().textContent?.includes(missing)]).to.deep.equal([false, true]);
        expect([focused() === input(), input().ariaInvalid]).to.deep.equal([true, 'true']);
      });

      it('goes back on reset, and back again to what the browser restores', async () => {
        input().focus();
        await keys();
        form().reset();
        await drawn();
        expect(sent()).to.equal('');
        element().formStateRestoreCallback(sends);
        await drawn();
        expect([sent(), element().checkValidity()]).to.deep.equal([sends, true]);
      });

      it('is left out and out of reach while its fieldset is disabled', async () => {
        find<HTMLFieldSetElement>('fieldset').disabled = true;
        await drawn();
        expect([sent(), form().checkValidity(), input().matches(':disabled')]).to.deep.equal([null, true, true]);
        find<HTMLFieldSetElement>('fieldset').disabled = false;
        await drawn();
        expect([sent(), form().checkValidity()]).to.deep.equal(['', false]);
      });
    });
  }
});
