import type { FlowKind } from '@countersign/core/flow';
import type { Identifier } from '@countersign/core/identifier';
import type { TemplateResult } from 'lit';
import { codeStage } from '../code-stage.ts';
import { late } from '../late.ts';
import type { StepContent } from '../view.ts';
import type { OwnStep, StepContext } from './content-of.ts';
import { complete } from './complete.ts';

/** What the views of a person's own steps are given besides. */
export interface OwnContext extends StepContext {
  kind: FlowKind;
  /** Links to the host's pages for those who are wrong here. */
  links: readonly TemplateResult[];
  /** What was typed last; null before. */
  draft: Identifier | null;
  keepDraft: (draft: Identifier) => void;
}

// Loaded when it is shown; the first step is on its way as soon as the element is there.
const identify = late(async () => (await import('./identify.ts')).identify);
const enterPassword = late(async () => (await import('./enter-password.ts')).enterPassword);
const enterPass = late(async () => (await import('./enter-pass.ts')).enterPass);
const enterCode = late(async () => (await import('./identify.ts')).enterCode);
const setPassword = late(async () => (await import('./set-password.ts')).setPassword);
const turnOn = late(async () => (await import('./turn-on.ts')).turnOn);

/** What is shown at the steps that only flows have which a person begins without a host. */
export const ownContent = (step: OwnStep, context: OwnContext): StepContent | null => {
  switch (step.name) {
    case 'identify':
      return identify(step, context);
    case 'enter-code':
      return enterCode(step, { ...context, codeStage });
    case 'enter-pass':
      return enterPass(step, context);
    case 'set-password':
      return setPassword(step, context);
    case 'enter-password':
      return enterPassword(step, context);
    case 'turn-on':
      return turnOn(step, context);
    case 'complete':
      return complete(step);
  }
};
