import { msg } from '../localize.ts';
import type { StepContent } from '../view.ts';
import { way } from './ways.ts';

export const loading = (): StepContent => ({ heading: msg('One moment…') });

export const offline = (go: () => void): StepContent => ({
  heading: msg('No connection'),
  lead: msg('Nothing is lost. Check your connection and try again.'),
  body: way(msg('Try again'), go, 'primary'),
});
