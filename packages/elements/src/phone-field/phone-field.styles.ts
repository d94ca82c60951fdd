import { css } from 'lit';

export const phoneFieldStyles = css`
  .frame {
    font-variant-numeric: tabular-nums;
  }
  .country {
    display: flex;
    align-items: center;
    gap: var(--_cs-space);
    /* room for any country and its code: the number beside it stays where it is when they come */
    min-inline-size: 7.6em;
    padding: 0 calc(3 * var(--_cs-space));
    border-inline-end: 1px solid var(--_cs-hairline);
    border-start-start-radius: calc(var(--_cs-radius) - 1px);
    border-end-start-radius: calc(var(--_cs-radius) - 1px);
  }
  .country:focus-visible {
    border-radius: calc(var(--_cs-radius) - 1px);
  }
  .code {
    color: var(--_cs-muted);
  }
  svg {
    margin-inline-start: auto;
    inline-size: 16px;
    block-size: 16px;
    fill: none;
    stroke: currentcolor;
    stroke-linecap: round;
    stroke-linejoin: round;
    stroke-width: 1.5;
  }
  @media (width < 22rem) {
    .country {
      min-inline-size: 0;
    }
    /* the number says it already, and needs the room */
    .code[data-said] {
      display: none;
    }
  }
`;
