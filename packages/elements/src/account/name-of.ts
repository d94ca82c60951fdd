import type { HeldFactorView } from '@countersign/core/flow';
import { html, type TemplateResult } from 'lit';
import type { FactorView } from '../view.ts';

/** The view of a type; nothing where this page can't show it. */
export const viewOf = (views: readonly FactorView[], type: string): FactorView | undefined =>
  views.find(({ client }) => client.type === type);

/** The icon of a type; decoration only, for its name stands beside it. */
export const iconOf = (views: readonly FactorView[], type: string): TemplateResult =>
  html`<svg viewBox="0 0 20 20" aria-hidden="true"><path d=${viewOf(views, type)?.icon ?? ''} /></svg>`;

/** What a factor is called where it can't be pointed at: "Work phone, •••• 34". */
export const nameOf = (views: readonly FactorView[], { name, type, target }: HeldFactorView): string => {
  const view = viewOf(views, type);
  const shown = target && (view?.targetText?.(target) ?? target);
  return [name ?? view?.name() ?? type, shown].filter(Boolean).join(', ');
};
