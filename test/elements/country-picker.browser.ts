import { setViewport } from '@web/test-runner-commands';
import { expect } from 'chai';
import { html } from 'lit';
import { button, field, input, open, openPicker, options, page, picker } from './support/phone-field.ts';
import { drawn, hide, press, show, type, until } from './support/page.ts';

describe('phone field', () => {
  afterEach(hide);

  describe('the list of countries', () => {
    it('is a named listbox that the search field owns', async () => {
      await open({ country: 'DE' });
      await openPicker();
      const search = picker('input');
      expect(search.getAttribute('role')).to.equal('combobox');
      expect(search.getAttribute('aria-controls')).to.equal(picker('[role="listbox"]').id);
      expect(search.getAttribute('aria-activedescendant')).to.equal('country-DE');
      expect(picker('[aria-selected="true"]').textContent).to.contain('Germany');
      expect(options().length).to.be.greaterThan(200);
    });

    it('KD-35: is searched by name, and picked from by keyboard alone', async () => {
      await open({ country: 'DE' });
      button().focus();
      await press('Enter');
      await until(() => field().shadowRoot?.querySelector('countersign-country-picker')?.shadowRoot?.activeElement);
      await type('nether');
      await until(() => options()[0] === 'Netherlands');
      await press('Enter');
      await drawn();
      expect(field().country).to.equal('NL');
      expect(document.activeElement === input()).to.equal(true);
      await type('0612345678');
      expect(field().value).to.equal('+31612345678');
    });

    it('stays as wide as its field when the window changes', async () => {
      const { innerWidth: width, innerHeight: height } = window;
      await open({ country: 'DE' });
      await openPicker();
      // WebKit's test browser has no narrower window than 447 pixels.
      const narrow = navigator.userAgent.includes('Chrome') ? 360 : 480;
      await setViewport({ width: narrow, height });
      const frame = field().shadowRoot?.querySelector('.frame');
      await until(() => picker('.panel').getBoundingClientRect().width === frame?.getBoundingClientRect().width);
      expect(document.documentElement.scrollWidth).to.equal(narrow);
      await setViewport({ width, height });
    });

    it('is searched by calling code, ISO code and without accents', async () => {
      await open({ country: 'DE' });
      await openPicker();
      for (const [query, name] of [
        ['+49', 'Germany'],
        ['nl', 'Netherlands'],
        ['cote d', 'Côte d’Ivoire'],
      ] as const) {
        picker<HTMLInputElement>('input').value = '';
        await type(query);
        await until(() => options()[0] === name);
        picker<HTMLInputElement>('input').select();
      }
      await type('zzz');
      await until(() => picker('[role="status"]').textContent?.includes('No country'));
    });

    it('is walked with arrows, Home and End', async () => {
      await open({ countries: ['DE', 'NL', 'AT'], country: 'DE' });
      await openPicker();
      const active = (): string => picker('[data-active] > span').textContent ?? '';
      expect(options()).to.deep.equal(['Austria', 'Germany', 'Netherlands']);
      const seen: string[] = [];
      for (const key of ['ArrowDown', 'ArrowDown', 'ArrowUp', 'Home', 'End']) {
        await press(key);
        await drawn();
        seen.push(active());
      }
      expect(seen).to.deep.equal(['Netherlands', 'Austria', 'Netherlands', 'Austria', 'Netherlands']);
    });

    it('is named in the language of the page', async () => {
      await show(html`<div lang="de">${page({ country: 'DE' })}</div>`);
      await openPicker();
      expect(options()).to.contain('Deutschland').and.to.contain('Österreich');
    });

    it('closes with Escape, changes nothing, and gives the focus back', async () => {
      await open({ country: 'DE' });
      button().focus();
      await openPicker();
      await press('ArrowDown', 'Escape');
      expect(picker('[popover]').matches(':popover-open')).to.equal(false);
      expect(field().country).to.equal('DE');
      expect(field().shadowRoot?.activeElement === button()).to.equal(true);
    });

    it('moves an international number to the picked country', async () => {
      await open({ country: 'DE' });
      await type('+49612345678');
      await openPicker();
      await type('nether');
      await until(() => options()[0] === 'Netherlands');
      await press('Enter');
      await drawn();
      expect(input().value).to.equal('+31 6 12345678');
      expect(field().value).to.equal('+31612345678');
    });
  });
});
