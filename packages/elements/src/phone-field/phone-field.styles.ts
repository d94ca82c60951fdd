import { css } from 'lit';

export const phoneFieldStyles = css`
  .frame {
    display: flex;
    align-items: stretch;
    block-size: calc(11 * var(--_cs-space));
    border: 1px solid var(--_cs-line);
    border-radius: var(--_cs-radius);
    background: var(--_cs-field);
    color: var(--_cs-text);
    font-size: var(--_cs-medium);
    font-variant-numeric: tabular-nums;
    line-height: 1.5;
  }
  .frame[data-invalid] {
    border-color: var(--_cs-danger);
  }
  .frame:focus-within:not(:has(.country:focus-visible)) {
    border-color: var(--_cs-accent);
    outline: var(--_cs-ring);
    outline-offset: 2px;
  }
  .country {
    display: flex;
    flex: none;
    align-items: center;
    gap: var(--_cs-space);
    margin: 0;
    padding: 0 calc(2 * var(--_cs-space)) 0 calc(3 * var(--_cs-space));
    border: 0;
    border-inline-end: 1px solid var(--_cs-hairline);
    border-radius: calc(var(--_cs-radius) - 1px) 0 0 calc(var(--_cs-radius) - 1px);
    background: none;
    color: inherit;
    font: inherit;
    white-space: nowrap;
  }
  button.country {
    cursor: pointer;
  }
  button.country:disabled {
    cursor: default;
  }
  button.country:focus-visible {
    outline: var(--_cs-ring);
    outline-offset: 2px;
    border-radius: calc(var(--_cs-radius) - 1px);
  }
  .code {
    color: var(--_cs-muted);
  }
  svg {
    inline-size: 16px;
    block-size: 16px;
    fill: none;
    stroke: currentcolor;
    stroke-linecap: round;
    stroke-linejoin: round;
    stroke-width: 1.5;
  }
  @media (hover: hover) {
    button.country:hover:enabled {
      background: var(--_cs-tint);
    }
  }
  ::slotted(input) {
    flex: 1 !important;
    inline-size: 0 !important;
    padding: 0 calc(3 * var(--_cs-space)) !important;
  }
  @media (width < 22rem) {
    /* the number says it already, and needs the room */
    .code[data-said] {
      display: none;
    }
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
