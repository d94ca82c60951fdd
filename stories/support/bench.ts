import './bench.css';
import type { CountersignFlowElement } from '@countersign/elements';
import type { TestKit } from '@countersign/server/testing';
import { html, render } from 'lit';

const turns = [
  ['1 minute', 60_000],
  ['5 minutes', 300_000],
] as const;

/** How many messages are listed, the newest first: some stories send a hundred. */
const listed = 8;

const draw = (panel: HTMLElement, kit: TestKit, turn: (milliseconds: number) => void): void => {
  const messages = kit.inbox.messages.toReversed().slice(0, listed);
  render(
    html`<h2>For the reviewer</h2>
      <p>
        ${turns.map(([label, time]) => html`<button type="button" data-of-page @click=${() => turn(time)}>Turn the clock: ${label}</button> `)}
      </p>
      <h3>Phone</h3>
      <ul>
        ${messages.map(({ to, text }) => html`<li><b>${to}</b><br />${text}</li>`)}
      </ul>`,
    panel,
  );
};

/** Shows an element beside the messages that were sent and a way to turn the clock, which stands still otherwise. */
export const createBench = (kit: TestKit, element: CountersignFlowElement): HTMLElement => {
  const stage = document.createElement('div');
  stage.className = 'bench';
  const panel = document.createElement('aside');
  panel.setAttribute('aria-label', 'For the reviewer');
  const turn = (milliseconds: number): void => {
    kit.clock.advance(milliseconds);
    element.requestUpdate();
    document.dispatchEvent(new Event('visibilitychange'));
    draw(panel, kit, turn);
  };
  stage.append(element, panel);
  const watch = (): void => {
    element.client?.subscribe(() => draw(panel, kit, turn));
    draw(panel, kit, turn);
  };
  void element.updateComplete.then(() => setTimeout(watch));
  return stage;
};
