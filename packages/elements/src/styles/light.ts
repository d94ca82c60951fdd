import { css } from 'lit';

/**
 * What stands in the page's own tree: labels, messages, buttons, the stack of a step. The sheet is adopted after the
 * page's sheets. What frameworks style by tag or attribute gets one class more than they use, so that Bootstrap, Pico
 * and `* { all: unset }` lose, and a page that means it can still win with a selector of its own.
 */
export const lightStyles = css`
  .countersign-step,
  .countersign-fields,
  .countersign-ways {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: calc(6 * var(--_cs-space));
    margin: 0;
    padding: 0;
    text-align: start;
  }
  .countersign-fields,
  .countersign-ways {
    gap: calc(2 * var(--_cs-space));
  }
  .countersign-step [hidden] {
    display: none !important;
  }
  .countersign-message {
    display: block;
    /* one line is always kept free, so that nothing jumps when a message comes */
    min-block-size: 1.4286em;
    margin: 0;
    padding: 0;
    color: var(--_cs-muted);
    font-size: var(--_cs-small);
    font-weight: 400;
    line-height: 1.4286;
    overflow-wrap: anywhere;
  }
  /* the ring of what was opened stays clear of it */
  summary + .countersign-message {
    margin-block-start: calc(2 * var(--_cs-space));
  }
  .countersign-message[data-error] {
    color: var(--_cs-danger);
  }
  .countersign-check.countersign-check {
    display: flex;
    align-items: center;
    gap: calc(2 * var(--_cs-space));
    accent-color: var(--_cs-accent);
  }
  .countersign-check.countersign-check input {
    appearance: auto;
    flex: none;
    inline-size: 20px;
    block-size: 20px;
    margin: 0;
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
  .countersign-key.countersign-key {
    font:
      var(--_cs-small) / 1.5 ui-monospace,
      monospace;
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
    /* no border, so that it begins where the texts do */
    border: 0;
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
    }
  }
  .countersign-primary.countersign-primary.countersign-primary:focus-visible,
  .countersign-link.countersign-link.countersign-link:focus-visible,
  .countersign-check.countersign-check input:focus-visible {
    outline: var(--_cs-ring);
    outline-offset: 2px;
  }
  .countersign-done.countersign-done {
    display: flex;
    align-items: center;
    gap: calc(3 * var(--_cs-space));
    font-size: var(--_cs-medium);
  }
  .countersign-done.countersign-done::before {
    /* a tick, drawn with two sides of a box */
    inline-size: 12px;
    block-size: 6px;
    border: solid var(--_cs-success);
    border-width: 0 0 2px 2px;
    translate: 2px -2px;
    rotate: -45deg;
    content: '';
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
