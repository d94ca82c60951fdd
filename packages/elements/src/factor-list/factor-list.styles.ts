import { css } from 'lit';

export const factorListStyles = css`
  ul {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: calc(2 * var(--_cs-space));
    margin: 0;
    padding: 0;
    list-style: none;
  }
  button {
    display: flex;
    box-sizing: border-box;
    align-items: center;
    gap: calc(3 * var(--_cs-space));
    inline-size: 100%;
    min-block-size: calc(13 * var(--_cs-space));
    margin: 0;
    padding: calc(2 * var(--_cs-space)) calc(3 * var(--_cs-space));
    border: 1px solid var(--_cs-line);
    border-radius: var(--_cs-radius);
    background: var(--_cs-field);
    color: var(--_cs-text);
    font: inherit;
    font-size: var(--_cs-medium);
    font-weight: 600;
    line-height: 1.5;
    text-align: start;
    cursor: pointer;
  }
  button:focus-visible {
    outline: var(--_cs-ring);
    outline-offset: 2px;
  }
  svg {
    flex: none;
    inline-size: 20px;
    block-size: 20px;
    fill: none;
    stroke: currentcolor;
    stroke-linecap: round;
    stroke-linejoin: round;
    stroke-width: 1.5;
  }
  .words {
    display: flex;
    flex: 1;
    /* what does not fit beside the name goes below it */
    flex-wrap: wrap;
    justify-content: space-between;
    min-inline-size: 0;
    column-gap: calc(3 * var(--_cs-space));
    overflow-wrap: anywhere;
  }
  bdi {
    color: var(--_cs-muted);
    font-weight: 400;
  }
  @media (hover: hover) {
    button:hover {
      background: var(--_cs-tint);
    }
  }
`;
