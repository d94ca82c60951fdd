import { element } from '../dom.ts';
import { lead, type View } from '../view.ts';

const stopped = (title: string, text: string, button: HTMLElement): View => ({ title, content: [lead(text), button] });

const again = (label: string, go: () => void): HTMLElement =>
  element('p', {}, element('button', { type: 'button', class: 'primary', click: go }, label));

/** The host does not answer. */
export const unreachable = (go: () => void): View =>
  stopped(
    'Harbor can’t be reached',
    'Nothing is lost. Check that the demo is running, and try again.',
    again('Try again', go),
  );

/** The host does not believe the page. It waits to be asked again: beginning anew by itself could go on for ever. */
export const unconfirmed = (go: () => void): View =>
  stopped(
    'Not confirmed',
    'Harbor could not confirm that it is you. Go through the step once more.',
    again('Start again', go),
  );
