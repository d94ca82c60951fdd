import { css } from 'lit';

export const countryPickerStyles = css`
  :host {
    display: contents !important;
  }
  * {
    box-sizing: border-box;
  }
  .panel {
    position: absolute;
    inset: auto;
    flex-direction: column;
    margin: 0;
    padding: 0;
    border: 1px solid var(--_cs-hairline);
    border-radius: var(--_cs-radius);
    background: var(--_cs-field);
    box-shadow: 0 4px 16px oklch(0.2 0.02 var(--_cs-hue) / 0.16);
    color: var(--_cs-text);
    font-size: var(--_cs-medium);
    line-height: 1.5;
    overflow: hidden;
  }
  .panel:popover-open {
    display: flex;
  }
  @media (prefers-reduced-motion: no-preference) {
    .panel {
      transition: opacity 150ms ease-out;
    }
    @starting-style {
      .panel:popover-open {
        opacity: 0;
      }
    }
  }
  input {
    flex: none;
    inline-size: 100%;
    min-block-size: calc(11 * var(--_cs-space));
    margin: 0;
    padding: 0 calc(3 * var(--_cs-space));
    border: 0;
    border-block-end: 1px solid var(--_cs-hairline);
    border-radius: 0;
    outline: var(--_cs-ring);
    outline-offset: -2px;
    background: none;
    color: inherit;
    font: inherit;
  }
  input::placeholder {
    color: var(--_cs-muted);
    opacity: 1;
  }
  ul {
    margin: 0;
    padding: var(--_cs-space);
    overflow-y: auto;
    overscroll-behavior: contain;
    list-style: none;
  }
  li {
    display: flex;
    flex-wrap: wrap;
    gap: 0 calc(3 * var(--_cs-space));
    overflow-wrap: anywhere;
    align-items: center;
    justify-content: space-between;
    min-block-size: calc(10 * var(--_cs-space));
    padding: var(--_cs-space) calc(2 * var(--_cs-space));
    border-radius: calc(var(--_cs-radius) - 4px);
    cursor: pointer;
    scroll-margin: var(--_cs-space);
  }
  li[aria-selected='true'] {
    font-weight: 600;
  }
  li[data-active] {
    background: var(--_cs-tint);
    outline: 2px solid var(--_cs-accent);
    outline-offset: -2px;
  }
  bdi {
    flex: none;
    color: var(--_cs-muted);
    font-size: var(--_cs-small);
    font-variant-numeric: tabular-nums;
  }
  p {
    margin: 0;
    padding: calc(3 * var(--_cs-space));
    color: var(--_cs-muted);
  }
  p:empty {
    padding: 0;
  }
`;
