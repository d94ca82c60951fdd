import { css } from 'lit';

/**
 * The input lies over the drawn cells with invisible text. Its letters are spaced as the cells
 * are, so that a click, a long press and the handles of a selection meet the digits that the eye sees; it is one cell wider than the
 * frame and cut off there, which keeps it from scrolling and the icons of password managers off the last digit.
 */
export const codeFieldStyles = css`
  .frame {
    --_cell: var(--countersign-cell-width, 44px);
    --_gap: 8px;
    --_split: 0px;
    --_count: 6;
    position: relative;
    container-type: inline-size;
    inline-size: calc(var(--_count) * (var(--_cell) + var(--_gap)) - var(--_gap) + var(--_split));
    max-inline-size: 100%;
    block-size: var(--countersign-cell-height, 52px);
  }
  .frame:has([data-gap]) {
    --_split: 8px;
  }
  .cells {
    display: flex;
    gap: min(var(--_gap), 2.5cqi);
    block-size: 100%;
  }
  .cell {
    display: flex;
    flex: 1;
    min-inline-size: 0;
    align-items: center;
    justify-content: center;
    border: 1px solid var(--_cs-line);
    border-radius: min(var(--_cs-radius), 3cqi);
    background: var(--_cs-field);
    color: var(--_cs-text);
    font-size: var(--_cs-large);
    font-weight: 600;
    line-height: 1;
  }
  .cell[data-gap] {
    margin-inline-start: var(--_split);
  }
  .cell[data-active] {
    border-color: var(--_cs-accent);
    outline: var(--_cs-ring);
    outline-offset: 2px;
  }
  .cell[data-selected] {
    border-color: var(--_cs-accent);
    background: var(--_cs-tint);
    outline: 1px solid var(--_cs-accent);
    outline-offset: -2px;
  }
  .frame[data-invalid] .cell {
    border-color: var(--_cs-danger);
    outline-color: var(--_cs-danger);
  }
  .cell[data-caret]::before {
    inline-size: 2px;
    block-size: 24px;
    border-radius: 1px;
    background: var(--_cs-text);
    content: '';
    animation: blink 1.1s steps(1) infinite;
  }
  @keyframes blink {
    50% {
      opacity: 0;
    }
  }
  .over {
    --_pitch: calc((100cqi + var(--_gap)) / var(--_count));
    position: absolute;
    inset: 0;
    overflow: clip;
    caret-color: transparent;
    color: transparent;
    -webkit-text-fill-color: transparent;
    font-size: var(--_cs-large);
    font-variant-numeric: tabular-nums;
    letter-spacing: calc(var(--_pitch) - 1ch);
    line-height: normal;
    /* half a cell to the right, so that a click anywhere in a cell is nearest to the place before its digit */
    text-indent: calc(var(--_pitch) / 2);
  }
  ::slotted(input) {
    inline-size: calc(100% + 100% / var(--_count)) !important;
    forced-color-adjust: none !important;
  }
  :host(:disabled) .cell {
    border-color: var(--_cs-hairline);
    background: none;
    color: var(--_cs-muted);
  }
  @media (prefers-reduced-motion: reduce) {
    .cell[data-caret]::before {
      animation: none;
    }
  }
  @media (forced-colors: active) {
    .cell[data-selected] {
      background: Highlight;
      color: HighlightText;
      forced-color-adjust: none;
    }
    .cell[data-caret]::before {
      background: CanvasText;
      forced-color-adjust: none;
    }
  }
`;
