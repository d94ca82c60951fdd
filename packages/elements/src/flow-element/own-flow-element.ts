import { solvingBotChecks } from '@countersign/client/bot-check';
import type { Identifier } from '@countersign/core/identifier';
import { html, type PropertyDeclarations } from 'lit';
import { late } from '../late.ts';
import type { OwnStep, StepContext } from '../steps/content-of.ts';
import type { OwnContext } from '../steps/own-content.ts';
import type { StepContent } from '../view.ts';
import { CountersignFlowElement, type FlowElementOptions } from './flow-element.ts';

/** Another page of the host's that leads on from here; without a link where its address is empty. */
export type OtherPage = readonly [label: string, url: string];

// On its way as soon as there is an element that needs it.
const load = async () => (await import('../steps/own-content.ts')).ownContent;

/** Shows a step; null while that is being loaded. */
export const ownContent: (step: OwnStep, context: OwnContext) => StepContent | null = late(load);

/** Where a link may lead: to a page of the web or of the same site; what has another scheme may be a program. */
const pages = /^(?:https?:|[^:]*[/?#]|[^:]+$)/iu;

/** A flow that a person begins without a host: what signing up, signing in and resetting a password have in common. */
export abstract class OwnFlowElement extends CountersignFlowElement {
  static override readonly properties: PropertyDeclarations = {
    draft: { state: true },
  };

  /** Pages for those who are wrong here. */
  protected abstract otherPages(): readonly OtherPage[];

  /** Unless the page gives a `fetch` of its own, bot checks are solved as they come. */
  override options: FlowElementOptions = { fetch: solvingBotChecks() };

  /** What shows a step. */
  protected readonly content: typeof ownContent = ownContent;

  protected override readonly beginsAlone = true;

  /** What was typed last, so that coming back to it is not beginning anew. */
  private draft: Identifier | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    // While the server is asked. If it fails it is loaded again when it is shown, and the person told if that fails too.
    load().catch(() => 0);
  }

  /** Who asks for another kind of address is about to type it. */
  protected override updated(changed: Map<PropertyKey, unknown>): void {
    super.updated(changed);
    if (changed.has('draft') && this.draft?.value === '') this.focusStep();
  }

  protected override showOwn(step: OwnStep, context: StepContext): StepContent | null {
    const keepDraft = (kept: Identifier): void => void (this.draft = kept);
    const links = this.otherPages().flatMap(([label, url]) =>
      pages.test(url) ? html`<a class="countersign-link" href=${url}>${label}</a>` : [],
    );
    return this.content(step, { ...context, kind: this.kind, links, draft: this.draft, keepDraft });
  }
}
