import { css } from 'lit';

export const backupCodesStyles = css`
  .codes {
    display: grid;
    /* two columns where there is room for them, and never more */
    grid-template-columns: repeat(auto-fill, minmax(min(100%, max(13.5rem, 40%)), 1fr));
    gap: calc(2 * var(--_cs-space)) calc(4 * var(--_cs-space));
    margin: 0;
    padding: calc(4 * var(--_cs-space));
    border: 1px dashed var(--_cs-line);
    border-radius: var(--_cs-radius);
    background: var(--_cs-field);
    color: var(--_cs-text);
    counter-reset: code;
    font-family: ui-monospace, monospace;
    font-size: var(--_cs-small);
    font-variant-numeric: tabular-nums;
    line-height: 1.7;
    list-style: none;
  }
  .codes > li {
    display: flex;
    gap: calc(2 * var(--_cs-space));
    counter-increment: code;
  }
  .codes > li::before {
    min-inline-size: 2ch;
    color: var(--_cs-muted);
    content: counter(code);
    text-align: end;
    user-select: none;
  }
  .keep {
    display: flex;
    flex-wrap: wrap;
    gap: calc(2 * var(--_cs-space));
    margin-block: calc(3 * var(--_cs-space)) 0;
  }
  button {
    flex: 1;
    min-block-size: calc(11 * var(--_cs-space));
    margin: 0;
    /* so little that the three stand in one row on the smallest phone */
    padding: calc(2 * var(--_cs-space));
    border: 1px solid var(--_cs-line);
    border-radius: var(--_cs-radius);
    background: var(--_cs-field);
    color: var(--_cs-text);
    font: inherit;
    font-size: var(--_cs-medium);
    font-weight: 600;
    line-height: 1.5;
    cursor: pointer;
  }
  button:focus-visible {
    outline: var(--_cs-ring);
    outline-offset: 2px;
  }
  @media (hover: hover) {
    button:hover {
      background: var(--_cs-tint);
    }
  }
  .outcome {
    min-block-size: 1.4286em;
    margin: calc(2 * var(--_cs-space)) 0;
    color: var(--_cs-muted);
    font-size: var(--_cs-small);
    line-height: 1.4286;
  }
  .check {
    display: flex;
    gap: calc(3 * var(--_cs-space));
    align-items: start;
  }
  ::slotted(label) {
    display: block !important;
    margin: 0 !important;
    padding-block: calc(0.5 * var(--_cs-space)) !important;
    font-size: var(--_cs-medium) !important;
    font-weight: 400 !important;
    cursor: pointer !important;
  }
  ::slotted(input) {
    appearance: auto !important;
    display: block !important;
    flex: none !important;
    box-sizing: border-box !important;
    inline-size: 20px !important;
    block-size: 20px !important;
    margin: 4px 0 0 !important;
    accent-color: var(--_cs-accent) !important;
    cursor: pointer !important;
  }
  ::slotted(input:focus-visible) {
    outline: var(--_cs-ring) !important;
    outline-offset: 2px !important;
  }
  ::slotted([slot='message']) {
    display: block !important;
    margin: calc(1 * var(--_cs-space)) 0 0 !important;
  }
`;
