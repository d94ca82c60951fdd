import type { FlowKind } from '@countersign/core/flow';
import type { Identifier } from '@countersign/core/identifier';
import type { TemplateResult } from 'lit';
import type { StepContent } from '../view.ts';
import type { OwnStep, StepContext } from './content-of.ts';
import { complete } from './complete.ts';
import { enterCode } from './enter-code.ts';
import { enterPass } from './enter-pass.ts';
import { enterPassword } from './enter-password.ts';
import { identify } from './identify.ts';
import { setPassword } from './set-password.ts';
import { turnOn } from './turn-on.ts';

/** What the views of a person's own steps are given besides. */
export interface OwnContext extends StepContext {
  kind: FlowKind;
  /** Links to the host's pages for those who are wrong here. */
  links: readonly TemplateResult[];
  /** What was typed last; null before. */
  draft: Identifier | null;
  keepDraft: (draft: Identifier) => void;
}

/** What is shown at the steps that only flows have which a person begins without a host. */
export const ownContent = (step: OwnStep, context: OwnContext): StepContent | null => {
  switch (step.name) {
    case 'identify':
      return identify(step, context);
    case 'enter-code':
      return enterCode(step, context);
    case 'enter-pass':
      return enterPass(step, context);
    case 'set-password':
      return setPassword(step, context);
    case 'enter-password':
      return enterPassword(step, context);
    case 'turn-on':
      return turnOn();
    case 'complete':
      return complete(step);
  }
};
