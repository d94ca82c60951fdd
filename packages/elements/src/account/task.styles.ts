import { css } from 'lit';

/** What stands in the page's own tree while something is changed; see `styles/light.ts` for how it holds there. */
export const taskStyles = css`
  .countersign-task {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: calc(2 * var(--_cs-space));
    inline-size: 100%;
    margin-block-start: calc(4 * var(--_cs-space));
    outline: none;
    text-align: start;
  }
  .countersign-task:focus-visible {
    outline: var(--_cs-ring);
    outline-offset: calc(2 * var(--_cs-space));
    border-radius: 2px;
  }
  .countersign-task .countersign-step {
    gap: calc(4 * var(--_cs-space));
  }
  .countersign-task[data-task='remove'] .countersign-primary.countersign-primary.countersign-primary {
    background: var(--_cs-danger);
  }
  .countersign-text.countersign-text {
    margin: 0;
    font-size: var(--_cs-medium);
    line-height: 1.5;
  }
  .countersign-answers {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(2 * var(--_cs-space)) calc(4 * var(--_cs-space));
  }
  .countersign-input.countersign-input.countersign-input {
    box-sizing: border-box;
    inline-size: 100%;
    block-size: calc(11 * var(--_cs-space));
    margin: 0;
    padding: 0 calc(3 * var(--_cs-space));
    border: 1px solid var(--_cs-line);
    border-radius: var(--_cs-radius);
    background: var(--_cs-field);
    box-shadow: none;
    color: var(--_cs-text);
    font: inherit;
    font-size: var(--_cs-medium);
    line-height: 1.5;
  }
  .countersign-input.countersign-input.countersign-input:focus-visible {
    border-color: var(--_cs-accent);
    outline: var(--_cs-ring);
    outline-offset: 2px;
  }
`;
