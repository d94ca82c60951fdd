import { css } from 'lit';

export const countdownStyles = css`
  [hidden] {
    display: none !important;
  }
  .timer {
    display: inline-flex;
    align-items: center;
    gap: calc(2 * var(--_cs-space));
    min-block-size: calc(8 * var(--_cs-space));
    color: var(--_cs-muted);
    font-size: var(--_cs-small);
    font-variant-numeric: tabular-nums;
    line-height: 1.4286;
  }
  svg {
    flex: none;
    inline-size: 18px;
    block-size: 18px;
    fill: none;
    stroke-width: 2;
    rotate: -90deg;
  }
  .track {
    stroke: var(--_cs-hairline);
  }
  .left {
    stroke: var(--_cs-accent);
    stroke-linecap: round;
    transition: stroke-dasharray 1s linear;
  }
  .spoken {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @media (prefers-reduced-motion: reduce) {
    .left {
      transition: none;
    }
  }
`;
