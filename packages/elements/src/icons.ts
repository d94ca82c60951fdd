import { svg, type SVGTemplateResult, html, type TemplateResult } from 'lit';

const icon = (paths: SVGTemplateResult): TemplateResult =>
  html`<svg
    class="countersign-icon"
    width="20"
    height="20"
    viewBox="0 0 20 20"
    fill="none"
    stroke="currentColor"
    stroke-width="1.5"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    ${paths}
  </svg>`;

/** A speech bubble: a text message. */
export const messageIcon = icon(
  svg`<path d="M3 5.5A2.5 2.5 0 0 1 5.5 3h9A2.5 2.5 0 0 1 17 5.5v6a2.5 2.5 0 0 1-2.5 2.5H9l-4 3v-3.05A2.5 2.5 0 0 1 3 11.5z"/><path d="M7 8.5h.01M10 8.5h.01M13 8.5h.01"/>`,
);

/** A tick in a circle: done. */
export const checkIcon = icon(svg`<circle cx="10" cy="10" r="7.25"/><path d="m6.8 10.2 2.2 2.2 4.2-4.6"/>`);
