import type { StepBase } from '@countersign/core/flow';
import { html, type TemplateResult } from 'lit';
import { msg } from '../localize.ts';
import type { StepContent, ViewContext } from '../view.ts';

/** A secondary way, as a plain text button; or what is to be done first, where no form is to be sent. */
export const way = (label: string, go: () => void, style: 'link' | 'primary' = 'link'): TemplateResult =>
  html`<button type="button" class="countersign-${style}" @click=${go}>${label}</button>`;

/** Adds the ways that lead past a step, whatever the step is, as far as it accepts them. */
export const withWaysOn = (
  content: StepContent | null,
  { actions }: StepBase,
  { send }: ViewContext,
): StepContent | null => {
  const wayOn = (type: 'switch' | 'skip', label: string): TemplateResult[] =>
    actions.includes(type) ? [way(label, () => send({ type }))] : [];
  const ways = [...wayOn('switch', msg('Try another way')), ...wayOn('skip', msg('Not now'))];
  return content && { ...content, ways: [...(content.ways ?? []), ...ways] };
};
