import { html } from 'lit';
import { msg, str } from '../localize.ts';
import type { StepContent } from '../view.ts';

/** Offers to trust this browser, below whatever the factor shows; the element sends along what is ticked. */
export const withTrust = ({ content, days }: { content: StepContent; days: number }): StepContent => ({
  ...content,
  body: html`${content.body}<label class="countersign-message countersign-check"
      ><input type="checkbox" name="trust" />${msg(str`Trust this browser for ${days} days`)}</label
    >`,
});
