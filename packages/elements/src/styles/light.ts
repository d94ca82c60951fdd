import { css } from 'lit';

/**
 * What stands in the page's own tree: labels, messages, buttons, the stack of a step. The sheet is adopted after the
 * page's sheets. What frameworks style by tag or attribute gets one class more than they use, so that Bootstrap, Pico
 * and `* { all: unset }` lose, and a page that means it can still win with a selector of its own.
 */
export const lightStyles = css`
  .countersign-step,
  .countersign-ways {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: calc(6 * var(--_cs-space));
    margin: 0;
    padding: 0;
    text-align: start;
  }
  .countersign-ways {
    gap: calc(2 * var(--_cs-space));
  }
  .countersign-step [hidden] {
    display: none !important;
  }
  .countersign-text,
  .countersign-message {
    display: block;
    margin: 0;
    padding: 0;
    color: inherit;
    font-size: var(--_cs-medium);
    font-weight: 400;
    line-height: 1.5;
    overflow-wrap: anywhere;
  }
  .countersign-message {
    /* one line is always kept free, so that nothing jumps when a message comes */
    min-block-size: 1.4286em;
    color: var(--_cs-muted);
    font-size: var(--_cs-small);
    line-height: 1.4286;
  }
  .countersign-message[data-error] {
    color: var(--_cs-danger);
  }
  .countersign-label.countersign-label {
    inline-size: auto;
    padding: 0;
    color: inherit;
    font-size: var(--_cs-small);
    font-weight: 600;
    line-height: 1.4286;
    cursor: default;
  }
  .countersign-primary.countersign-primary.countersign-primary,
  .countersign-link.countersign-link.countersign-link {
    display: inline-flex;
    box-sizing: border-box;
    align-items: center;
    justify-content: center;
    justify-self: start;
    gap: calc(2 * var(--_cs-space));
    inline-size: auto;
    min-block-size: calc(11 * var(--_cs-space));
    margin: 0;
    padding: calc(2 * var(--_cs-space)) calc(5 * var(--_cs-space));
    border: 1px solid transparent;
    border-radius: var(--_cs-radius);
    background: var(--_cs-accent);
    box-shadow: none;
    color: var(--_cs-on-accent);
    font: inherit;
    font-size: var(--_cs-medium);
    font-weight: 600;
    line-height: 1.5;
    text-decoration: none;
    cursor: pointer;
  }
  .countersign-link.countersign-link.countersign-link {
    /* as high as a finger needs, without standing further apart than text */
    min-block-size: calc(8 * var(--_cs-space));
    padding: calc(1 * var(--_cs-space)) 0;
    background: none;
    color: var(--_cs-accent);
    font-size: var(--_cs-small);
    text-align: start;
  }
  @media (hover: hover) {
    .countersign-primary.countersign-primary.countersign-primary:hover {
      background: var(--_cs-accent-strong);
    }
    .countersign-link.countersign-link.countersign-link:hover {
      color: var(--_cs-accent-strong);
      text-decoration: underline;
      text-underline-offset: 0.2em;
    }
  }
  .countersign-primary.countersign-primary:disabled,
  .countersign-link.countersign-link:disabled {
    cursor: default;
    opacity: 0.55;
  }
  .countersign-primary.countersign-primary.countersign-primary:focus-visible,
  .countersign-link.countersign-link.countersign-link:focus-visible {
    outline: var(--_cs-ring);
    outline-offset: 2px;
  }
  countersign-code-field > input::selection {
    background: transparent;
    color: transparent;
  }
  @media (forced-colors: active) {
    .countersign-primary {
      forced-color-adjust: none;
    }
  }
  @media (width < 30rem) {
    .countersign-primary.countersign-primary.countersign-primary {
      inline-size: 100%;
    }
  }
`;
