import type { HeldFactorView } from '@countersign/core/flow';
import type { FactorView } from '../view.ts';

/** The view of a type; nothing where this page can't show it. */
export const viewOf = (views: readonly FactorView[], type: string): FactorView | undefined =>
  views.find(({ client }) => client.type === type);

/** What a factor is called where it can't be pointed at: "Work phone, •••• 34". */
export const nameOf = (views: readonly FactorView[], { name, type, target }: HeldFactorView): string => {
  const view = viewOf(views, type);
  const shown = target && (view?.targetText?.(target) ?? target);
  return [name ?? view?.name() ?? type, shown].filter(Boolean).join(', ');
};
