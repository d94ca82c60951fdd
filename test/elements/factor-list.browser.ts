import 'countersign';
import { expect } from 'chai';
import type { CountersignFactorList } from '@countersign/elements';
import type { HeldFactorView } from '@countersign/core/flow';
import { html } from 'lit';
import { barriers, find, hide, press, show } from './support/page.ts';

const factors: readonly HeldFactorView[] = [
  { id: 'one', type: 'sms', target: '•••• 34', name: null },
  { id: 'two', type: 'palm', target: 'left hand', name: null },
  { id: 'key', type: 'passkey', target: '2026-11-24', name: null },
  { id: 'three', type: 'backup-codes', target: '7', name: null },
];
const chosen: string[] = [];

const list = (): CountersignFactorList => find('countersign-factor-list');
const choices = (): HTMLButtonElement[] => [...(list().shadowRoot?.querySelectorAll('button') ?? [])];
const words = ({ textContent }: Element): string => (textContent ?? '').replace(/\s+/gu, ' ').trim();

describe('factor list', () => {
  beforeEach(async () => {
    chosen.length = 0;
    await show(
      html`<section @countersign-choose=${({ factor }: { factor: HeldFactorView }) => void chosen.push(factor.id)}>
        <countersign-factor-list .factors=${factors}></countersign-factor-list>
      </section>`,
    );
    await list().updateComplete;
  });

  afterEach(hide);

  it('names each factor and what it is bound to, and leaves out what the page cannot show', async () => {
    expect(choices().map(words)).to.deep.equal([
      'Text message •••• 34',
      'Passkey added Nov 24, 2026',
      'Backup codes 7 left',
    ]);
    expect(await barriers()).to.deep.equal([]);
  });

  it('tells which one was chosen, by keyboard too', async () => {
    choices()[2]?.focus();
    await press('Enter');
    choices()[0]?.click();
    expect(chosen).to.deep.equal(['three', 'one']);
  });

  it('fits into 320 pixels', () => {
    find('main').style.width = '288px';
    for (const choice of choices()) expect(choice.scrollWidth).to.be.at.most(288);
  });
});
