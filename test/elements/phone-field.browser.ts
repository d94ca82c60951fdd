import { expect } from 'chai';
import { html } from 'lit';
import { barriers, drawn, find, hide, paste, press, show, type, until } from './support/page.ts';
import { button, field, input, inside, open, openPicker, submitted } from './support/phone-field.ts';
import { autofill } from './support/synthetic-events.ts';

describe('phone field', () => {
  afterEach(hide);

  it('has no barriers, closed or with its list open', async () => {
    await open({ country: 'DE' });
    expect(await barriers()).to.deep.equal([]);
    await openPicker();
    expect(await barriers()).to.deep.equal([]);
  });

  it('reads a national number in the country it was given', async () => {
    await open({ country: 'DE' });
    await type('015112345678');
    expect(input().value).to.equal('01511 2345678');
    expect(field().value).to.equal('+4915112345678');
    await press('Enter');
    expect(submitted).to.deep.equal(['+4915112345678']);
  });

  it('guesses the country from a language with a region', async () => {
    await open({ languages: ['en', 'de-AT', 'de-DE'] });
    expect(field().country).to.equal('AT');
    await drawn();
    expect(button().textContent?.replace(/\s+/gu, ' ').trim()).to.equal('AT+43');
  });

  it('follows a calling code to its country', async () => {
    await open({ country: 'DE' });
    await type('+31612345678');
    await drawn();
    expect(field().country).to.equal('NL');
    expect(button().textContent).to.contain('+31');
    expect(input().value).to.equal('+31 6 12345678');
  });

  it('needs no country for an international number', async () => {
    await open({});
    expect(field().country).to.equal('');
    await type('+14155550132');
    expect(field().value).to.equal('+14155550132');
    expect(field().country).to.equal('US');
  });

  it('stays with the country that shares a calling code', async () => {
    await open({ country: 'CA' });
    await type('+1');
    expect(field().country).to.equal('CA');
  });

  const notations: [string, string][] = [
    ['+49 (151) 123-456-78', '+4915112345678'],
    ['0049 151 12345678', '+4915112345678'],
    ['+49 (0) 151 12345678', '+4915112345678'],
    ['tel:+49-151-12345678', '+4915112345678'],
    ['0151 / 12345678', '+4915112345678'],
    ['\u202a+49 151 12345678\u202c', '+4915112345678'],
    ['+٤٩ ١٥١ ١٢٣٤٥٦٧٨', '+4915112345678'],
    ['＋４９１５１１２３４５６７８', '+4915112345678'],
  ];
  for (const [text, e164] of notations) {
    it(`takes a pasted ${text}`, async () => {
      await open({ country: 'DE' });
      await paste(text);
      expect(field().value).to.equal(e164);
    });
  }

  it('takes what the browser fills in', async () => {
    await open({ country: 'DE' });
    autofill(input(), '+31612345678');
    expect(field().value).to.equal('+31612345678');
    expect(input().value).to.equal('+31 6 12345678');
  });

  it('works without formatting until numbers are known, and then formats', async () => {
    const main = await show(html``);
    const fresh = document.createElement('countersign-phone-field');
    fresh.value = '+4915112345678';
    main.append(fresh);
    expect(input().value).to.equal('+4915112345678');
    expect(field().validity.valid).to.equal(true);
    await until(() => input().value === '+49 1511 2345678');
    expect(field().value).to.equal('+4915112345678');
  });

  it('sends what it can’t read as it was typed, when the form does not mind', async () => {
    await open({ country: 'DE' });
    await type('12');
    expect(field().value).to.equal('12');
    expect(field().validity.typeMismatch).to.equal(true);
    await press('Enter');
    await drawn();
    expect(submitted).to.deep.equal([]);
    expect(find('.countersign-message').textContent).to.contain('whole number');
    find<HTMLFormElement>('form').noValidate = true;
    await press('Enter');
    expect(submitted).to.deep.equal(['12']);
  });

  it('KD-35: refuses countries that are not allowed, with the name of the country', async () => {
    await open({ countries: ['DE', 'AT'], languages: ['de-DE'] });
    await type('+31612345678');
    expect(field().validity.customError).to.equal(true);
    expect(field().validationMessage).to.contain('Netherlands');
  });

  it('offers nothing to pick where one country is allowed', async () => {
    await open({ countries: ['NL'] });
    expect(field().country).to.equal('NL');
    expect(inside('.country').tagName).to.equal('SPAN');
    await type('0612345678');
    expect(field().value).to.equal('+31612345678');
  });

  it('goes back to its first value on reset, and is left out while disabled', async () => {
    await show(
      html`<form><countersign-phone-field name="phone" value="+31612345678"></countersign-phone-field></form>`,
    );
    await until(() => input().value === '+31 6 12345678');
    input().focus();
    await press('End');
    await type('9');
    expect(field().value).not.to.equal('+31612345678');
    find<HTMLFormElement>('form').reset();
    await drawn();
    expect(input().value).to.equal('+31 6 12345678');
    field().disabled = true;
    await drawn();
    expect(new FormData(find<HTMLFormElement>('form')).get('phone')).to.equal(null);
    expect(button().disabled).to.equal(true);
  });
});
