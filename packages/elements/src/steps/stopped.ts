import type { ClientState } from '@countersign/client';
import { errorText } from '../error-text.ts';
import { msg } from '../localize.ts';
import type { StepContent, ViewContext } from '../view.ts';
import { way } from './ways.ts';

/** A state in which the flow does not go on by itself, although the server can be reached. */
export type Stopped = Extract<ClientState, { name: 'expired' | 'failed' }> | { name: 'unsupported' };

/** What is said when a flow has stopped, and the way out. */
export const stopped = (state: Stopped, { again }: ViewContext): StepContent => {
  switch (state.name) {
    case 'expired':
      return {
        heading: msg('This took too long'),
        lead: msg('For your safety we stopped here. Begin again; it only takes a moment.'),
        body: way(msg('Begin again'), again, 'primary'),
      };
    case 'failed':
      return {
        heading: msg('That did not work'),
        lead: errorText(state.problem),
        body: way(msg('Try again'), again, 'primary'),
      };
    case 'unsupported':
      // The server is newer than the page.
      return {
        heading: msg('This page is out of date'),
        lead: msg('Reload it to go on.'),
        body: way(msg('Reload'), () => location.reload(), 'primary'),
      };
  }
};
