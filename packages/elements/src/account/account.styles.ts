import { css } from 'lit';

/** The lists of an account, inside its frame. */
export const accountStyles = css`
  .card {
    max-inline-size: 26rem;
  }
  section section {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: calc(2 * var(--_cs-space));
    justify-items: start;
    margin-block-start: calc(6 * var(--_cs-space));
    padding-block-start: calc(6 * var(--_cs-space));
    border-block-start: 1px solid var(--_cs-hairline);
  }
  h3 {
    margin: 0;
    font-size: var(--_cs-medium);
    font-weight: 600;
    line-height: 1.5;
    outline: none;
  }
  h3:focus-visible {
    outline: var(--_cs-ring);
    outline-offset: 2px;
    border-radius: 2px;
  }
  p {
    margin: 0;
    color: var(--_cs-muted);
    font-size: var(--_cs-small);
    line-height: 1.4286;
    overflow-wrap: anywhere;
  }
  ul {
    inline-size: 100%;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .rows {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: calc(5 * var(--_cs-space));
  }
  .rows li {
    display: flex;
    gap: calc(3 * var(--_cs-space));
  }
  .what {
    flex: 1;
    min-inline-size: 0;
  }
  .what .name {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 calc(2 * var(--_cs-space));
    color: inherit;
    font-size: var(--_cs-medium);
    font-weight: 600;
    line-height: 1.5;
  }
  .mark {
    padding: 0 calc(2 * var(--_cs-space));
    border-radius: var(--_cs-radius);
    background: var(--_cs-tint);
    font-size: var(--_cs-small);
    font-weight: 400;
  }
  svg {
    flex: none;
    inline-size: 20px;
    block-size: 20px;
    margin-block-start: calc(0.5 * var(--_cs-space));
    fill: none;
    stroke: currentcolor;
    stroke-linecap: round;
    stroke-linejoin: round;
    stroke-width: 1.5;
  }
  .acts {
    display: flex;
    flex-wrap: wrap;
    gap: 0 calc(4 * var(--_cs-space));
  }
  .acts .countersign-link.countersign-link.countersign-link {
    font-weight: 400;
  }
  .choices {
    display: grid;
    justify-items: start;
  }
  slot {
    display: block;
  }
  @media (width < 26rem) {
    /* a form needs the room beside the icon more than its row does the line */
    .rows svg + .what > slot {
      margin-inline-start: calc(-8 * var(--_cs-space));
    }
  }
  .outcome {
    padding: calc(3 * var(--_cs-space)) calc(4 * var(--_cs-space));
    border-radius: var(--_cs-radius);
    background: var(--_cs-tint);
    color: inherit;
  }
  .outcome[data-empty] {
    /* stays in the tree, so that what comes into it is announced */
    padding: 0;
  }
  .outcome[data-refusal] {
    border: 1px solid var(--_cs-danger);
    background: none;
    color: var(--_cs-danger);
  }
  .on {
    margin-block-start: calc(4 * var(--_cs-space));
  }
`;
