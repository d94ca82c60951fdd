import { sendMouse } from '@web/test-runner-commands';
import { expect } from 'chai';
import { html } from 'lit';
import { cells, field, input, open, openAutoSubmitting, refuse, shown, submitted, told } from './support/code-field.ts';
import { autofill, barriers, drawn, find, hide, paste, press, show, type } from './support/page.ts';

describe('code field', () => {
  afterEach(hide);

  it('KD-34: has no barriers, empty, focused, wrong or disabled', async () => {
    await open(html`<countersign-code-field name="code" hint="We sent it."></countersign-code-field>`);
    expect(await barriers()).to.deep.equal([]);
    await type('111111');
    await refuse();
    expect(await barriers()).to.deep.equal([]);
    field().disabled = true;
    await drawn();
    expect(await barriers()).to.deep.equal([]);
  });

  it('KD-29: is one input, which browsers and phones fill in with the code of a message', async () => {
    await openAutoSubmitting();
    expect(document.querySelectorAll('form input')).to.have.length(1);
    expect([input().autocomplete, input().inputMode]).to.deep.equal(['one-time-code', 'numeric']);
    autofill(input(), '123456');
    expect(submitted).to.deep.equal(['123456']);
  });

  describe('takes a code as it comes', () => {
    const ways: [string, () => Promise<void> | void, string, string][] = [
      ['typed', () => type('123456'), '123456', 'typed'],
      ['typed with letters between', () => type('1a2b-3 456'), '123456', 'typed'],
      ['pasted bare', () => paste('123456'), '123456', 'inserted'],
      ['pasted in two halves', () => paste('123 456'), '123456', 'inserted'],
      ['pasted with its sentence', () => paste('Your code is 123456.'), '123456', 'inserted'],
      ['pasted with a prefix', () => paste('G-123456'), '123456', 'inserted'],
      ['pasted with a price before', () => paste('Pay 20 EUR with 123 456'), '123456', 'inserted'],
      ['pasted in full-width digits', () => paste('１２３４５６'), '123456', 'inserted'],
      ['pasted in Arabic-Indic digits', () => paste('١٢٣٤٥٦'), '123456', 'inserted'],
      ['pasted in Persian digits', () => paste('۱۲۳۴۵۶'), '123456', 'inserted'],
      ['pasted in Devanagari digits', () => paste('१२३४५६'), '123456', 'inserted'],
      ['filled in by the browser', () => autofill(input(), '123456'), '123456', 'inserted'],
      ['filled in with a space', () => autofill(input(), '123 456'), '123456', 'inserted'],
    ];
    for (const [name, enter, code, source] of ways) {
      it(name, async () => {
        await openAutoSubmitting();
        await enter();
        await drawn();
        expect(input().value).to.equal(code);
        expect(shown()).to.equal(code);
        expect(told).to.deep.equal([`${source} ${code}`]);
        expect(submitted).to.deep.equal([code]);
      });
    }

    it('typed in Persian digits', async () => {
      await openAutoSubmitting();
      await type('۱۲۳۴۵۶');
      expect(submitted).to.deep.equal(['123456']);
    });

    it('pasted over a part that was typed', async () => {
      await openAutoSubmitting();
      await type('12');
      await paste('345678');
      expect(submitted).to.deep.equal(['345678']);
    });

    it('pasted in two parts', async () => {
      await openAutoSubmitting();
      await paste('123');
      await paste('456');
      expect(submitted).to.deep.equal(['123456']);
    });

    it('dropped', async () => {
      await openAutoSubmitting();
      const dataTransfer = new DataTransfer();
      dataTransfer.setData('text/plain', 'Your code is 123 456');
      input().dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
      expect(submitted).to.deep.equal(['123456']);
    });

    it('handed over by the app', async () => {
      await openAutoSubmitting();
      field().fill('123456');
      expect(submitted).to.deep.equal(['123456']);
    });
  });

  it('keeps a code that is too long, shows it and does not send it', async () => {
    await openAutoSubmitting();
    await paste('12345678');
    await drawn();
    expect(shown()).to.equal('12345678');
    expect(submitted).to.deep.equal([]);
    expect(field().validity.tooLong).to.equal(true);
    expect(find('.countersign-message').textContent).to.contain('6 digits');
  });

  it('takes no digit more than the code has, typed', async () => {
    await openAutoSubmitting();
    await type('1234567');
    expect(input().value).to.equal('123456');
    expect(submitted).to.deep.equal(['123456']);
  });

  it('replaces the digit that a digit is typed onto', async () => {
    await open(html`<countersign-code-field name="code"></countersign-code-field>`);
    await type('123456');
    await press('ArrowLeft', 'ArrowLeft');
    await type('9');
    expect(input().value).to.equal('123496');
    await press('Backspace');
    expect(input().value).to.equal('12346');
    expect(input().selectionStart).to.equal(4);
  });

  it('leaves a composition alone until it is done', async () => {
    await openAutoSubmitting();
    input().dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true }));
    input().value = '12ab';
    input().dispatchEvent(
      new InputEvent('input', { bubbles: true, isComposing: true, inputType: 'insertCompositionText', data: '12ab' }),
    );
    expect(input().value).to.equal('12ab');
    input().dispatchEvent(new CompositionEvent('compositionend', { bubbles: true }));
    expect(input().value).to.equal('12');
    expect(field().value).to.equal('12');
  });

  it('submits nothing by itself unless asked to', async () => {
    await open(html`<countersign-code-field name="code"></countersign-code-field>`);
    await type('123456');
    expect(told).to.deep.equal(['typed 123456']);
    expect(submitted).to.deep.equal([]);
  });

  it('lets a listener keep it from submitting', async () => {
    await openAutoSubmitting();
    find('form').addEventListener('countersign-code-complete', (event) => event.preventDefault());
    await paste('123456');
    expect(submitted).to.deep.equal([]);
  });

  it('keeps its digits from left to right on a right-to-left page', async () => {
    await show(html`<div dir="rtl"><countersign-code-field value="123"></countersign-code-field></div>`);
    expect(getComputedStyle(input()).direction).to.equal('ltr');
    const [first, second] = cells();
    expect(first?.getBoundingClientRect().left).to.be.lessThan(second?.getBoundingClientRect().left ?? 0);
    const frame = find('.frame', field().shadowRoot ?? undefined).getBoundingClientRect();
    expect(frame.right).to.equal(field().getBoundingClientRect().right);
  });

  it('has as many cells as the code has digits', async () => {
    await show(html`<countersign-code-field length="8"></countersign-code-field>`);
    expect(shown()).to.equal('________');
  });

  it('puts the caret before the digit that is clicked', async () => {
    await open(html`<countersign-code-field value="123456"></countersign-code-field>`);
    for (const [index, cell] of cells().entries()) {
      const { left, width, top, height } = cell.getBoundingClientRect();
      await sendMouse({ type: 'click', position: [Math.round(left + width * 0.75), Math.round(top + height / 2)] });
      expect(input().selectionStart, `cell ${index}`).to.equal(index);
    }
  });
});
