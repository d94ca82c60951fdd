import { css } from 'lit';

/** A list of ways to choose from, and the line that says that all is done; light DOM, as `lightStyles` is. */
export const choiceStyles = css`
  .countersign-choices.countersign-choices {
    display: grid;
    gap: calc(2 * var(--_cs-space));
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .countersign-choices > li {
    display: block;
    margin: 0;
    padding: 0;
  }
  .countersign-choice.countersign-choice.countersign-choice {
    display: flex;
    box-sizing: border-box;
    align-items: center;
    gap: calc(3 * var(--_cs-space));
    inline-size: 100%;
    min-block-size: calc(13 * var(--_cs-space));
    margin: 0;
    padding: calc(2 * var(--_cs-space)) calc(4 * var(--_cs-space));
    border: 1px solid var(--_cs-line);
    border-radius: var(--_cs-radius);
    background: var(--_cs-field);
    box-shadow: none;
    color: var(--_cs-text);
    font: inherit;
    font-size: var(--_cs-medium);
    font-weight: 600;
    line-height: 1.5;
    text-align: start;
    cursor: pointer;
  }
  .countersign-choice > bdi {
    margin-inline-start: auto;
    color: var(--_cs-muted);
    font-weight: 400;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  .countersign-choice.countersign-choice.countersign-choice:focus-visible {
    outline: var(--_cs-ring);
    outline-offset: 2px;
  }
  @media (hover: hover) {
    .countersign-choice.countersign-choice.countersign-choice:hover {
      background: var(--_cs-tint);
    }
  }
  .countersign-icon.countersign-icon {
    display: block;
    flex: none;
    inline-size: 20px;
    block-size: 20px;
  }
  .countersign-done.countersign-done {
    display: flex;
    align-items: center;
    gap: calc(2 * var(--_cs-space));
  }
  .countersign-done > .countersign-icon {
    color: var(--_cs-success);
  }
`;
