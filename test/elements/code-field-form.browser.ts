import { expect } from 'chai';
import { html, render, type TemplateResult } from 'lit';
import { cells, field, form, input, open, refuse, shown, submitted, told } from './support/code-field.ts';
import { drawn, find, hide, press, show, type } from './support/page.ts';

describe('code field', () => {
  afterEach(hide);

  describe('in a form', () => {
    it('has a real input whose form is the one around it', async () => {
      await open(html`<countersign-code-field name="code"></countersign-code-field>`);
      expect(input().form === find('form')).to.equal(true);
      expect(input().name).to.equal('');
      expect(field().form === find('form')).to.equal(true);
      expect(input().labels?.[0]?.textContent).to.equal('Code');
      await type('123456');
      await press('Enter');
      expect(submitted).to.deep.equal(['123456']);
    });

    it('does not send half a code, and says why where errors are said', async () => {
      await open(html`<countersign-code-field name="code" required></countersign-code-field>`);
      await type('123');
      await press('Enter');
      await drawn();
      expect(submitted).to.deep.equal([]);
      expect(field().validity.tooShort).to.equal(true);
      expect(input().ariaInvalid).to.equal('true');
      expect(find('.countersign-message').textContent).to.equal('The code has 6 digits.');
      await type('4');
      await drawn();
      expect(input().ariaInvalid).to.equal(null);
    });

    it('tells the form a value that code has set, at once', async () => {
      await open(html`<countersign-code-field name="code"></countersign-code-field>`);
      field().value = '654321';
      expect(new FormData(find<HTMLFormElement>('form')).get('code')).to.equal('654321');
      await drawn();
      expect(input().value).to.equal('654321');
      expect(told).to.deep.equal([]);
    });

    it('draws the caret in the first cell again when it was emptied by a reset', async () => {
      await open(html`<countersign-code-field name="code"></countersign-code-field>`);
      await type('123456');
      find<HTMLFormElement>('form').reset();
      await drawn();
      expect(cells().map((cell) => cell.hasAttribute('data-caret'))).to.deep.equal([true, ...Array(5).fill(false)]);
    });

    it('goes back to its first value on reset', async () => {
      await open(html`<countersign-code-field name="code" value="12"></countersign-code-field>`);
      await type('3');
      await refuse();
      find<HTMLFormElement>('form').reset();
      await drawn();
      expect(input().value).to.equal('12');
      expect(field().error).to.equal('');
    });

    it('is left out and can’t be used while disabled, by itself or by a fieldset', async () => {
      await open(
        html`<fieldset><countersign-code-field name="code" value="123456"></countersign-code-field></fieldset>`,
      );
      const data = (): FormDataEntryValue | null => new FormData(find<HTMLFormElement>('form')).get('code');
      expect(data()).to.equal('123456');
      field().disabled = true;
      await drawn();
      expect(data()).to.equal(null);
      expect(input().disabled).to.equal(true);
      field().disabled = false;
      find<HTMLFieldSetElement>('fieldset').disabled = true;
      await drawn();
      expect(data()).to.equal(null);
      expect(input().matches(':disabled')).to.equal(true);
    });

    it('restores what the browser has kept', async () => {
      await open(html`<countersign-code-field name="code"></countersign-code-field>`);
      field().formStateRestoreCallback('123');
      await drawn();
      expect(shown()).to.equal('123___');
    });
  });

  describe('among frameworks', () => {
    it('takes over an input that is there, with its name', async () => {
      await open(html`<countersign-code-field><input id="mine" name="code" value="12" /></countersign-code-field>`);
      expect(document.querySelectorAll('input')).to.have.length(1);
      expect(field().name).to.equal('code');
      expect(input().id).to.equal('mine');
      expect(find<HTMLLabelElement>('label').control === input()).to.equal(true);
    });

    it('makes its parts again when they are wiped, with what was typed', async () => {
      await open(html`<countersign-code-field name="code"></countersign-code-field>`);
      await type('123');
      field().replaceChildren();
      await drawn();
      expect(input().value).to.equal('123');
      expect(find<HTMLLabelElement>('label').control === input()).to.equal(true);
      input().focus();
      await type('456');
      expect(told).to.deep.equal(['typed 123456']);
    });

    it('keeps its parts when the parent renders again', async () => {
      const page = (hint: string): TemplateResult =>
        form(html`<countersign-code-field name="code" hint=${hint}></countersign-code-field>`);
      const main = await show(page('one'));
      const before = input();
      render(page('two'), main);
      await drawn();
      expect(input() === before).to.equal(true);
      expect(find('.countersign-message').textContent).to.equal('two');
    });

    it('moves with its value', async () => {
      await open(html`<countersign-code-field name="code"></countersign-code-field>`);
      await type('123');
      find('main').append(field());
      await drawn();
      expect(input().value).to.equal('123');
      expect(document.querySelectorAll('input')).to.have.length(1);
    });
  });
});
