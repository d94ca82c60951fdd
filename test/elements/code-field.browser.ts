import { sendMouse } from '@web/test-runner-commands';
import { expect } from 'chai';
import { html } from 'lit';
import { cells, field, input, open, openAutoSubmitting, refuse, shown, submitted, told } from './support/code-field.ts';
import { barriers, drawn, find, hide, paste, press, show, type } from './support/page.ts';
import { autofill } from './support/synthetic-events.ts';

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
    // Firefox gives only those values of the property that it knows.
    expect([input().getAttribute('autocomplete'), input().inputMode]).to.deep.equal(['one-time-code', 'numeric']);
    autofill(input(), '123456');
    expect(submitted).to.deep.equal(['123456']);
  });

  it('tells typing from filling in', async () => {
    const ways: [() => Promise<void> | void, string][] = [
      [() => type('123456'), 'typed 123456'],
      [() => paste('Your code is 123456.'), 'inserted 123456'],
      [() => autofill(input(), '123456'), 'inserted 123456'],
      [() => field().fill('123456'), 'inserted 123456'],
    ];
    for (const [enter, expected] of ways) {
      await openAutoSubmitting();
      await enter();
      expect(told).to.deep.equal([expected]);
      expect(submitted).to.deep.equal(['123456']);
    }
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

  it('puts the caret before the digit that is clicked; in Firefox only as far as the digit itself reaches', async () => {
    const share = navigator.userAgent.includes('Firefox') ? 0.5 : 0.75;
    await open(html`<countersign-code-field value="123456"></countersign-code-field>`);
    for (const [index, cell] of cells().entries()) {
      const { left, width, top, height } = cell.getBoundingClientRect();
      await sendMouse({ type: 'click', position: [Math.round(left + width * share), Math.round(top + height / 2)] });
      expect(input().selectionStart, `cell ${index}`).to.equal(index);
    }
  });
});
