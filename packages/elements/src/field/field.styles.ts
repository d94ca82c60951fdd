import { css } from 'lit';

/**
 * What all fields share. `!important` in a shadow root beats everything outside, so it stands only where a page's rule
 * for `input` or `*` would break the field: on structure, never on what a page may want to change.
 */
export const fieldStyles = css`
  :host {
    position: relative;
  }
  * {
    box-sizing: border-box;
  }
  ::slotted(label) {
    display: block !important;
    margin: 0 0 calc(2 * var(--_cs-space)) !important;
  }
  ::slotted([slot='message']) {
    display: block !important;
    margin: calc(2 * var(--_cs-space)) 0 0 !important;
  }
  ::slotted(input) {
    all: unset !important;
    display: block !important;
    box-sizing: border-box !important;
    block-size: 100% !important;
    cursor: text !important;
    /* the browser's colour for filled-in fields can't be overruled, only put off */
    transition: background-color 0s 86400s !important;
  }
`;
