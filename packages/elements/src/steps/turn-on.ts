import { msg } from '../localize.ts';
import type { StepContent } from '../view.ts';

/** Asks whether to have a second step at all. */
export const turnOn = (): StepContent => ({
  heading: msg('Turn on 2-step verification'),
  lead: msg('Then a stolen password is not enough to get in: something that only you have is asked for as well.'),
  primary: msg('Turn it on'),
  submit: () => ({ type: 'turn-on' }),
});
