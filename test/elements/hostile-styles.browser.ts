import bootstrap from 'bootstrap/dist/css/bootstrap.css?raw';
import { expect } from 'chai';
import { tokens } from '@countersign/elements/styles/tokens';
import { LitElement, html, type TemplateResult } from 'lit';
import pico from '@picocss/pico/css/pico.css?raw';
import preflight from 'tailwindcss/preflight.css?raw';
import { drawn, find, hide, show } from './support/page.ts';

const pages: [string, string][] = [
  ['nothing', ''],
  ['Tailwind’s preflight', `@layer base { ${preflight} }`],
  ['an unlayered preflight', preflight],
  ['Bootstrap 5', bootstrap],
  ['Pico 2', pico],
  ['* { all: unset }', '* { all: unset } *::before, *::after { all: unset }'],
  [
    'rules for tags',
    'label { display: none } input, button { width: 30px; height: 9px; font-size: 8px; background: red; float: left }',
  ],
];

/** Stands in for a flow element: it has the tokens, and the step in its light DOM. */
class Frame extends LitElement {
  static override readonly styles = tokens;

  protected override render(): TemplateResult {
    return html`<slot></slot>`;
  }
}
customElements.define('test-frame', Frame);

const step = (): TemplateResult => html`
  <test-frame
    ><form class="countersign-step">
      <countersign-code-field label="Enter the code" hint="We sent it." value="123"></countersign-code-field>
      <countersign-phone-field value="+31612345678" error="Check the number."></countersign-phone-field>
      <countersign-text-field type="password" value="secret" error="Check it."></countersign-text-field>
      <countersign-backup-codes .codes=${['7KQM-2PWX-9H4T-C0DZ']}></countersign-backup-codes>
      <label class="countersign-message countersign-check"><input type="checkbox" />Trust this browser</label>
      <button class="countersign-primary">Continue</button>
      <button class="countersign-link" type="button">Try another way</button>
    </form></test-frame
  >
`;

const within = (selector: string, host: string): HTMLElement => find(selector, find(host).shadowRoot ?? undefined);
const styleOf = (selector: string): CSSStyleDeclaration => getComputedStyle(find(selector));
const box = (element: Element): DOMRect => element.getBoundingClientRect();

describe('under hostile styles', () => {
  let sheet: HTMLStyleElement;

  const open = async (css: string): Promise<void> => {
    sheet = document.createElement('style');
    sheet.textContent = css;
    document.head.append(sheet);
    await show(step());
    await drawn();
  };

  afterEach(() => {
    hide();
    sheet.remove();
  });

  for (const [name, css] of pages) {
    describe(name, () => {
      beforeEach(() => open(css));

      it('keeps the code’s input invisible, over its cells, and big enough not to zoom', () => {
        const style = styleOf('countersign-code-field > input');
        expect(parseFloat(style.fontSize)).to.be.at.least(16);
        expect(style.backgroundColor).to.equal('rgba(0, 0, 0, 0)');
        expect(style.borderTopWidth).to.equal('0px');
        expect(style.color).to.equal('rgba(0, 0, 0, 0)');
        expect(style.caretColor).to.equal('rgba(0, 0, 0, 0)');
        const input = box(find('countersign-code-field > input'));
        const cells = box(within('.cells', 'countersign-code-field'));
        expect([input.top, input.left, input.height]).to.deep.equal([cells.top, cells.left, 52]);
        expect(input.right).to.be.greaterThan(cells.right);
      });

      it('keeps the cells as they are', () => {
        const cell = within('.cell', 'countersign-code-field');
        expect([Math.round(box(cell).width), box(cell).height]).to.deep.equal([44, 52]);
        expect(getComputedStyle(cell).borderTopWidth).to.equal('1px');
      });

      it('keeps labels and messages visible, above and below', () => {
        for (const host of ['countersign-code-field', 'countersign-phone-field', 'countersign-text-field']) {
          const label = box(find(`${host} > label`));
          const frame = box(within('.frame', host));
          const message = box(find(`${host} > .countersign-message`));
          expect(styleOf(`${host} > label`).display).to.equal('block');
          expect(label.height).to.be.within(18, 24);
          expect(frame.top - label.bottom).to.equal(8);
          expect(message.top - frame.bottom).to.equal(8);
          expect(message.height).to.be.within(18, 24);
        }
      });

      it('keeps the number and the password inside their frames', () => {
        for (const [host, beside] of [
          ['countersign-phone-field', ''],
          ['countersign-text-field', 'button'],
        ] as const) {
          const style = styleOf(`${host} > input`);
          expect(parseFloat(style.fontSize)).to.be.at.least(16);
          expect(style.backgroundColor).to.equal('rgba(0, 0, 0, 0)');
          const frame = box(within('.frame', host));
          const input = box(find(`${host} > input`));
          expect([frame.height, input.height]).to.deep.equal([44, 42]);
          expect(input.right).to.equal(beside ? box(within(beside, host)).left : frame.right - 1);
        }
      });

      it('keeps the box that is ticked a box', () => {
        const tick = find('countersign-backup-codes > input');
        expect([box(tick).width, box(tick).height, getComputedStyle(tick).appearance]).to.deep.equal([20, 20, 'auto']);
        const label = box(find('countersign-backup-codes > label'));
        expect(label.left - box(tick).right).to.equal(12);
        expect(label.height).to.be.within(22, 30);
      });

      it('keeps the box that trusts a browser a box, beside its words', () => {
        const tick = find('.countersign-check > input');
        expect([box(tick).width, box(tick).height, getComputedStyle(tick).appearance]).to.deep.equal([20, 20, 'auto']);
        expect(box(tick).left).to.equal(box(find('.countersign-check')).left);
      });

      it('keeps buttons as buttons', () => {
        const button = find('.countersign-primary');
        expect(box(button).height).to.be.within(44, 46);
        expect(styleOf('.countersign-primary').borderTopLeftRadius).to.equal('10px');
        expect(styleOf('.countersign-link').backgroundColor).to.equal('rgba(0, 0, 0, 0)');
        expect(box(find('.countersign-link')).top).to.be.greaterThan(box(button).bottom);
      });
    });
  }
});
