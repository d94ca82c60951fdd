import { css } from 'lit';

/** The frame: a calm card, or nothing where the page has one of its own. */
export const flowElementStyles = css`
  :host {
    color: var(--_cs-text);
  }
  .card {
    position: relative;
    box-sizing: border-box;
    max-inline-size: 25rem;
    padding: calc(6 * var(--_cs-space));
    border: 1px solid var(--_cs-hairline);
    border-radius: var(--_cs-radius-card);
    background: var(--_cs-surface);
    box-shadow: 0 8px 24px rgb(0 0 0 / 6%);
  }
  :host([frame='none']) .card {
    max-inline-size: none;
    padding: 0;
    border: 0;
    background: none;
    box-shadow: none;
  }
  header {
    display: grid;
    /* a ring goes around the heading's words, not across the card */
    justify-items: start;
    gap: calc(2 * var(--_cs-space));
    margin-block-end: calc(6 * var(--_cs-space));
    overflow-wrap: anywhere;
  }
  h2 {
    margin: 0;
    font-size: var(--_cs-large);
    font-weight: 600;
    line-height: 1.3;
    outline: none;
    text-wrap: balance;
  }
  h2:focus-visible {
    outline: var(--_cs-ring);
    outline-offset: 2px;
    border-radius: 2px;
  }
  header p {
    margin: 0;
    color: var(--_cs-muted);
    font-size: var(--_cs-medium);
    line-height: 1.5;
  }
  .progress {
    position: absolute;
    inset-block-start: 0;
    /* between the card's corners, so that nothing need be cut off: that would take the rings of fields with it */
    inset-inline: var(--_cs-radius-card);
    block-size: 2px;
    background: var(--_cs-accent);
    transform: scaleX(0);
  }
  [aria-busy='true'] .progress {
    animation: progress 1.2s ease-in-out 150ms infinite;
  }
  @keyframes progress {
    to {
      transform: none;
    }
  }
  .announcement {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @media (prefers-reduced-motion: reduce) {
    [aria-busy='true'] .progress {
      animation: none;
      transform: none;
    }
  }
  @media (width < 26rem) {
    .card {
      padding: calc(5 * var(--_cs-space)) calc(4 * var(--_cs-space));
    }
  }
`;
