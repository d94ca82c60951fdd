import type { Problem } from '@countersign/core/flow';
import { errorText } from '../error-text.ts';
import { msg } from '../localize.ts';
import type { StepContent } from '../view.ts';
import { way } from './ways.ts';

export const loading = (): StepContent => ({ heading: msg('One moment…') });

export const offline = (go: () => void): StepContent => ({
  heading: msg('No connection'),
  lead: msg('Nothing is lost. Check your connection and try again.'),
  body: way(msg('Try again'), go, 'primary'),
});

export const expired = (go: () => void): StepContent => ({
  heading: msg('This took too long'),
  lead: msg('For your safety we stopped here. Begin again; it only takes a moment.'),
  body: way(msg('Begin again'), go, 'primary'),
});

export const failed = (problem: Problem | null, go: () => void): StepContent => ({
  heading: msg('That did not work'),
  lead: errorText(problem),
  body: way(msg('Try again'), go, 'primary'),
});

/** The server is newer than the page. */
export const unsupported = (): StepContent => ({
  heading: msg('This page is out of date'),
  lead: msg('Reload it to go on.'),
  body: way(msg('Reload'), () => location.reload(), 'primary'),
});
