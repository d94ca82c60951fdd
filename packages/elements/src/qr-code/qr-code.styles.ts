import { css } from 'lit';

/* Dark on light whatever the theme: many readers don't know it the other way round. */
export const qrCodeStyles = css`
  svg {
    display: block;
    box-sizing: border-box;
    inline-size: min(100%, 12rem);
    aspect-ratio: 1;
    /* where the card is white, too, it begins where the texts do */
    border: 1px solid var(--_cs-hairline);
    border-radius: var(--_cs-radius);
    background: #fff;
    fill: #000;
    forced-color-adjust: none;
  }
`;
