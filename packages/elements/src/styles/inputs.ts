import { css } from 'lit';

/**
 * Native inputs, check boxes and second-rank buttons in the page's own tree, for the steps that have them; adopted
 * beside `lightStyles`, and as strong.
 */
export const inputStyles = css`
  .countersign-input.countersign-input.countersign-input {
    display: block;
    box-sizing: border-box;
    inline-size: 100%;
    block-size: auto;
    min-block-size: calc(11 * var(--_cs-space));
    margin: 0;
    padding: calc(2 * var(--_cs-space)) calc(3 * var(--_cs-space));
    border: 1px solid var(--_cs-line);
    border-radius: var(--_cs-radius);
    background: var(--_cs-field);
    box-shadow: none;
    color: var(--_cs-text);
    font: inherit;
    font-size: var(--_cs-medium);
    line-height: 1.5;
    text-align: start;
    cursor: text;
  }
  .countersign-input.countersign-input.countersign-input[aria-invalid='true'] {
    border-color: var(--_cs-danger);
  }
  .countersign-secondary.countersign-secondary.countersign-secondary {
    display: inline-flex;
    box-sizing: border-box;
    align-items: center;
    justify-content: center;
    justify-self: start;
    gap: calc(2 * var(--_cs-space));
    inline-size: auto;
    min-block-size: calc(11 * var(--_cs-space));
    margin: 0;
    padding: calc(2 * var(--_cs-space)) calc(5 * var(--_cs-space));
    border: 1px solid var(--_cs-line);
    border-radius: var(--_cs-radius);
    background: var(--_cs-field);
    box-shadow: none;
    color: var(--_cs-text);
    font: inherit;
    font-size: var(--_cs-medium);
    font-weight: 600;
    line-height: 1.5;
    text-decoration: none;
    cursor: pointer;
  }
  @media (hover: hover) {
    .countersign-secondary.countersign-secondary.countersign-secondary:hover {
      background: var(--_cs-tint);
    }
  }
  .countersign-secondary.countersign-secondary:disabled {
    cursor: default;
    opacity: 0.55;
  }
  .countersign-check.countersign-check {
    display: flex;
    align-items: start;
    gap: calc(2 * var(--_cs-space));
    inline-size: auto;
    margin: 0;
    padding: calc(1 * var(--_cs-space)) 0;
    color: inherit;
    font-size: var(--_cs-medium);
    font-weight: 400;
    line-height: 1.5;
    cursor: pointer;
  }
  .countersign-check.countersign-check > input[type='checkbox'] {
    appearance: auto;
    display: block;
    flex: none;
    inline-size: 20px;
    block-size: 20px;
    margin: 2px 0 0;
    padding: 0;
    accent-color: var(--_cs-accent);
    cursor: pointer;
  }
  .countersign-input.countersign-input.countersign-input:focus-visible,
  .countersign-secondary.countersign-secondary.countersign-secondary:focus-visible,
  .countersign-check.countersign-check > input[type='checkbox']:focus-visible {
    outline: var(--_cs-ring);
    outline-offset: 2px;
    box-shadow: none;
  }
  @media (width < 30rem) {
    .countersign-secondary.countersign-secondary.countersign-secondary {
      inline-size: 100%;
    }
  }
`;
