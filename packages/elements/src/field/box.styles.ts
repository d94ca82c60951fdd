import { css } from 'lit';

/** A field of one line: a box with the input in it, and room for a button beside it. */
export const boxStyles = css`
  .frame {
    display: flex;
    align-items: stretch;
    block-size: calc(11 * var(--_cs-space));
    border: 1px solid var(--_cs-line);
    border-radius: var(--_cs-radius);
    background: var(--_cs-field);
    color: var(--_cs-text);
    font-size: var(--_cs-medium);
    line-height: 1.5;
  }
  .frame[data-invalid] {
    border-color: var(--_cs-danger);
  }
  .frame:focus-within:not(:has(button:focus-visible)) {
    border-color: var(--_cs-accent);
    outline: var(--_cs-ring);
    outline-offset: 2px;
  }
  button {
    flex: none;
    margin: 0;
    border: 0;
    background: none;
    color: inherit;
    font: inherit;
    white-space: nowrap;
    cursor: pointer;
  }
  button:disabled {
    cursor: default;
  }
  button:focus-visible {
    outline: var(--_cs-ring);
    outline-offset: 2px;
  }
  @media (hover: hover) {
    button:hover:enabled {
      background: var(--_cs-tint);
    }
  }
  ::slotted(input) {
    flex: 1 !important;
    inline-size: 0 !important;
    padding: 0 calc(3 * var(--_cs-space)) !important;
  }
  @media (width < 22rem) {
    ::slotted(input) {
      padding: 0 calc(2 * var(--_cs-space)) !important;
    }
  }
  :host(:disabled) .frame {
    border-color: var(--_cs-hairline);
    background: none;
    color: var(--_cs-muted);
  }
`;
