import type { Identifier } from '@countersign/core/identifier';
import type { PropertyDeclarations } from 'lit';
import type { OwnStep, StepContext } from '../steps/content-of.ts';
import { ownContent } from '../steps/own-content.ts';
import type { StepContent } from '../view.ts';
import { CountersignFlowElement } from './flow-element.ts';

/** A flow that a person begins without a host: what signing up and signing in have in common. */
export abstract class OwnFlowElement extends CountersignFlowElement {
  static override readonly properties: PropertyDeclarations = {
    draft: { state: true },
  };

  /** Where those belong who are wrong here; empty for nowhere. */
  protected abstract readonly otherUrl: string;

  protected override readonly beginsAlone = true;

  /** What was typed last, so that coming back to it is not beginning anew. */
  private draft: Identifier | null = null;

  /** Who asks for another kind of address is about to type it. */
  protected override updated(changed: Map<PropertyKey, unknown>): void {
    super.updated(changed);
    if (changed.has('draft') && this.draft?.value === '') this.focusStep();
  }

  protected override showOwn(step: OwnStep, context: StepContext): StepContent | null {
    const { otherUrl, draft } = this;
    return ownContent(step, { ...context, otherUrl, draft, keepDraft: (kept) => (this.draft = kept) });
  }
}
