import { css } from 'lit';

/* Dark on light whatever the theme: many readers don't know it the other way round. */
export const qrCodeStyles = css`
  svg {
    display: block;
    inline-size: min(100%, 12rem);
    aspect-ratio: 1;
    border-radius: var(--_cs-radius);
    background: #fff;
    fill: #000;
    forced-color-adjust: none;
  }
`;
