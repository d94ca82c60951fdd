import { createTestKit } from '@countersign/server/testing';
import { expect } from 'chai';
import { html } from 'lit';
import { drawn, find, hide, press, show, type } from './support/page.ts';
import { arrivesAt, openOwnScene } from './support/scene.ts';
import { accounts } from '../../stories/support/account.ts';

const left = (element: Element): number => element.getBoundingClientRect().left;
describe('on a page that reads from right to left', () => {
  beforeEach(() => {
    document.documentElement.dir = 'rtl';
  });

  afterEach(() => {
    document.documentElement.removeAttribute('dir');
    hide();
  });

  it('a phone number runs from left to right, behind its country', async () => {
    await show(html`<countersign-phone-field country="NL"></countersign-phone-field>`);
    const phone = find('countersign-phone-field');
    const input = find('input', phone);
    input.focus();
    await type('0612');
    await drawn();
    expect(left(find('[part=country]', phone.shadowRoot ?? phone))).to.be.below(left(input));
    expect(getComputedStyle(input).direction).to.equal('ltr');
  });

  it('labels and messages begin at the right, and a new step comes in from the left', async () => {
    const moves: string[] = [];
    const { animate } = Element.prototype;
    Element.prototype.animate = function (frames, options) {
      if (Array.isArray(frames) && this.matches('.step')) moves.push(String(frames[0]?.['translate']));
      return animate.call(this, frames, options);
    };
    try {
      const element = await openOwnScene('countersign-sign-up', await createTestKit(accounts()));
      const label = find('label', element).getBoundingClientRect();
      const field = find('countersign-text-field', element).getBoundingClientRect();
      expect(getComputedStyle(find('label', element)).textAlign).to.equal('start');
      expect(Math.abs(label.right - field.right)).to.be.below(2);
      await type('ada@example.com');
      await press('Enter');
      await arrivesAt(element, 'Enter the code');
      expect(moves).to.deep.equal(['-8px']);
    } finally {
      Element.prototype.animate = animate;
    }
  });
});
