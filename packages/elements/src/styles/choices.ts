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
  /* a link, as far as pages may meddle with it, that looks like a row */
  .countersign-choice.countersign-choice.countersign-choice {
    gap: calc(3 * var(--_cs-space));
    justify-content: start;
    inline-size: 100%;
    min-block-size: calc(13 * var(--_cs-space));
    padding: calc(2 * var(--_cs-space)) calc(4 * var(--_cs-space));
    border-color: var(--_cs-line);
    background: var(--_cs-field);
    color: var(--_cs-text);
    font-size: var(--_cs-medium);
    text-decoration: none;
  }
  .countersign-choice > bdi {
    margin-inline-start: auto;
    color: var(--_cs-muted);
    font-weight: 400;
    white-space: nowrap;
  }
  @media (hover: hover) {
    .countersign-choice.countersign-choice.countersign-choice:hover {
      background: var(--_cs-tint);
      text-decoration: none;
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
