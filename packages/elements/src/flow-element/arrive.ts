import type { ClientState } from '@countersign/client';

// Lit's own would make bundlers put Lit into a file of its own, since nothing else here needs it.
const css = String.raw;

/** A check, drawn over the card where the code was. */
const check = css`
  position: absolute;
  inset: 0;
  inline-size: 32px;
  block-size: 16px;
  margin: auto;
  border: solid var(--_cs-success);
  border-width: 0 0 4px 4px;
  rotate: -45deg;
  opacity: 0;
  pointer-events: none;
`;

/** How long the check stands, in milliseconds. */
const pause = 500;

/** A code was sent, and what came is neither a refusal nor an end: the end has a check of its own. */
const isRight = (sent: string, state: ClientState): boolean =>
  sent.includes('"submit-code"') && state.name === 'ready' && !state.problem && state.view.flow.step.name !== 'blocked';

/** Shows for a moment that the code was right; what comes then is there already, and takes keys. */
const showCheck = (card: Element | null): void => {
  const mark = document.createElement('div');
  mark.style.cssText = check;
  card?.append(mark);
  const frames = [{ scale: 0.8 }, { opacity: 1, offset: 0.3 }, { opacity: 1, offset: 0.8 }, {}];
  mark.animate(frames, pause).onfinish = () => mark.remove();
};

/** Lets a new step come in from where one reads on to, after a right code with a check before it, unless motion is reduced. */
export const arrive = (root: ParentNode, sent: string, state: ClientState): void => {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  const step = root.querySelector('.step');
  const from = step?.matches(':dir(rtl)') ? '-8px' : '8px';
  const delay = isRight(sent, state) ? pause : 0;
  if (delay) showCheck(root.querySelector('.card'));
  step?.animate([{ opacity: 0, translate: from }, {}], { delay, duration: 150, easing: 'ease-out', fill: 'backwards' });
};
