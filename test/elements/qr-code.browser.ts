import { CountersignQrCode } from '@countersign/elements/qr-code/qr-code';
import { expect } from 'chai';
import { html } from 'lit';
import { barriers, find, hide, show, until } from './support/page.ts';

if (!customElements.get('countersign-qr-code')) customElements.define('countersign-qr-code', CountersignQrCode);

const picture = (): SVGSVGElement =>
  find<SVGSVGElement>('svg', find<CountersignQrCode>('countersign-qr-code').shadowRoot ?? document);
const path = (): string => find<SVGPathElement>('path', picture()).getAttribute('d') ?? '';

describe('QR code', () => {
  afterEach(hide);

  it('is a picture with a name, dark on light in a dark page too, with the light around it that readers need', async () => {
    await show(
      html`<div style="color-scheme: dark; background: #111">
        <countersign-qr-code value="https://example.com/" label="Our address"></countersign-qr-code>
      </div>`,
    );
    await until(() => path() !== '');
    expect([picture().getAttribute('role'), picture().getAttribute('aria-label')]).to.deep.equal([
      'img',
      'Our address',
    ]);
    const { fill, backgroundColor } = getComputedStyle(picture());
    expect([fill, backgroundColor]).to.deep.equal(['rgb(0, 0, 0)', 'rgb(255, 255, 255)']);
    const places = [...path().matchAll(/M(\d+) (\d+)/gu)].flatMap(([, x, y]) => [Number(x), Number(y)]);
    const side = picture().viewBox.baseVal.width;
    expect([Math.min(...places), Math.max(...places)]).to.deep.equal([4, side - 5]);
    expect(await barriers()).to.deep.equal([]);
  });

  it('shows what its value says last', async () => {
    await show(html`<countersign-qr-code value="one"></countersign-qr-code>`);
    const element = find<CountersignQrCode>('countersign-qr-code');
    await until(() => path() !== '');
    const first = path();
    element.value = 'two, which is quite a bit longer than one, so that it needs a larger symbol';
    element.value = 'three';
    await until(() => path() !== '' && path() !== first);
    const third = path();
    element.value = 'one';
    await until(() => path() === first);
    expect(third).not.to.equal(first);
  });

  it('is nothing at all for a text that no symbol holds', async () => {
    await show(html`<countersign-qr-code value=${'x'.repeat(5000)}></countersign-qr-code>`);
    const { shadowRoot } = find<CountersignQrCode>('countersign-qr-code');
    await until(() => shadowRoot?.querySelector('svg') === null);
  });

  it('fits into a narrow place', async () => {
    const page = await show(html`<countersign-qr-code value="narrow"></countersign-qr-code>`);
    page.style.inlineSize = '100px';
    expect(picture().getBoundingClientRect().width).to.be.at.most(100);
  });
});
