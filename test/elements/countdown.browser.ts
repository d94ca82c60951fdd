import type { CountersignCountdown } from '@countersign/elements/countdown/countdown';
import { clockTime } from '@countersign/elements/countdown/clock-time';
import { expect } from 'chai';
import { html } from 'lit';
import { barriers, drawn, find, hide, show, until } from './support/page.ts';

let now = 0;
let ended = 0;

const countdown = (): CountersignCountdown => find('countersign-countdown');
const part = (selector: string): HTMLElement => find(selector, countdown().shadowRoot ?? countdown());
const text = (): string => part('[role="timer"]').textContent?.trim() ?? '';
const isButtonShown = (): boolean => find('button').checkVisibility();

const open = async (time: number): Promise<void> => {
  now = 5000;
  ended = 0;
  await show(
    html`<countersign-countdown
      .clock=${() => now}
      .until=${now + time}
      @countersign-countdown-end=${() => (ended += 1)}
    >
      <button>Send again</button>
    </countersign-countdown>`,
  );
};

/** The clock jumps, and the page comes back into view. */
const jump = async (time: number): Promise<void> => {
  now += time;
  document.dispatchEvent(new Event('visibilitychange'));
  await drawn();
};

describe('countdown', () => {
  afterEach(hide);

  it('has no barriers, running or over', async () => {
    await open(42_000);
    expect(await barriers()).to.deep.equal([]);
    await jump(42_000);
    expect(await barriers()).to.deep.equal([]);
  });

  it('writes times as clocks do, and a started second whole', () => {
    const times = [42_000, 41_001, 999, 0, 60_000, 3_600_000, 3_665_000].map(clockTime);
    expect(times).to.deep.equal(['0:42', '0:42', '0:01', '0:00', '1:00', '1:00:00', '1:01:05']);
  });

  it('shows the time that is left, and the ring with it', async () => {
    await open(40_000);
    expect(text()).to.equal('Send again in 0:40');
    expect(isButtonShown()).to.equal(false);
    await jump(30_000);
    expect(text()).to.equal('Send again in 0:10');
    expect(part('.left').getAttribute('stroke-dasharray')).to.equal('0.25 1');
  });

  it('ticks by itself when a second begins', async () => {
    await open(40_300);
    expect(text()).to.equal('Send again in 0:41');
    now += 301;
    await until(() => text() === 'Send again in 0:40');
  });

  it('gives way to its button when it is over, says so once, and fires once', async () => {
    await open(2000);
    const status = part('[role="status"]');
    expect(status.textContent).to.equal('');
    await jump(2000);
    expect(isButtonShown()).to.equal(true);
    expect(part('[role="timer"]').checkVisibility()).to.equal(false);
    expect(status.textContent).not.to.equal('');
    expect(ended).to.equal(1);
    await jump(60_000);
    expect(ended).to.equal(1);
  });

  it('was over from the start: the button, and no event', async () => {
    await open(0);
    expect(isButtonShown()).to.equal(true);
    expect(part('[role="status"]').textContent).to.equal('');
    expect(ended).to.equal(0);
  });

  it('starts again with a new end', async () => {
    await open(1000);
    await jump(1000);
    countdown().until = now + 30_000;
    await drawn();
    expect(text()).to.equal('Send again in 0:30');
    expect(isButtonShown()).to.equal(false);
    await jump(30_000);
    expect(ended).to.equal(2);
  });

  it('rests while it is not on the page, and is right when it is back', async () => {
    await open(40_000);
    const element = countdown();
    element.remove();
    await jump(10_000);
    expect(element.shadowRoot?.textContent).to.contain('0:40');
    find('main').append(element);
    await drawn();
    expect(text()).to.equal('Send again in 0:30');
  });

  it('says what it was told to say', async () => {
    await open(40_000);
    countdown().label = (time) => `Noch ${time}`;
    countdown().announcement = 'Jetzt geht es.';
    await drawn();
    expect(text()).to.equal('Noch 0:40');
    await jump(40_000);
    expect(part('[role="status"]').textContent).to.equal('Jetzt geht es.');
  });
});
