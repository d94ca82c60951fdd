import { css } from 'lit';

/**
 * The look as custom properties. A page sets `--countersign-*` wherever it likes (on `:root`, on one element); what it
 * leaves out is filled in here under a private `--_cs-*` name, which is what all other sheets read. Private names are
 * needed because a `:host` rule for the public one would beat a value inherited from the page.
 *
 * The theme follows the page's `color-scheme`, not the system: an element that turns dark on a white page is wrong.
 * Lines keep 3:1 and texts 7:1 (WCAG 2.2, AAA) on their surfaces in both themes, for every accent hue.
 *
 * Besides, every element is a block, hidden when it says so, whatever a page does to tags it does not know.
 */
export const tokens = css`
  :host {
    display: block !important;
    text-align: start;
    --_cs-hue: var(--countersign-hue, 255);
    --_cs-accent: var(
      --countersign-accent,
      light-dark(oklch(0.42 0.15 var(--_cs-hue)), oklch(0.79 0.105 var(--_cs-hue)))
    );
    --_cs-accent-strong: var(--countersign-accent-strong, color-mix(in oklch, var(--_cs-accent) 85%, CanvasText));
    --_cs-on-accent: var(--countersign-on-accent, light-dark(white, oklch(0.18 0.03 var(--_cs-hue))));
    --_cs-tint: var(--countersign-tint, light-dark(oklch(0.95 0.025 var(--_cs-hue)), oklch(0.33 0.05 var(--_cs-hue))));
    --_cs-surface: var(--countersign-surface, light-dark(white, oklch(0.215 0.012 var(--_cs-hue))));
    --_cs-field: var(--countersign-field, light-dark(white, oklch(0.255 0.014 var(--_cs-hue))));
    --_cs-text: var(--countersign-text, light-dark(oklch(0.25 0.015 var(--_cs-hue)), oklch(0.95 0.006 var(--_cs-hue))));
    --_cs-muted: var(--countersign-muted, color-mix(in srgb, currentcolor 80%, transparent));
    --_cs-line: var(--countersign-line, light-dark(oklch(0.64 0.015 var(--_cs-hue)), oklch(0.56 0.018 var(--_cs-hue))));
    --_cs-hairline: var(
      --countersign-hairline,
      light-dark(oklch(0.91 0.008 var(--_cs-hue)), oklch(0.34 0.014 var(--_cs-hue)))
    );
    --_cs-danger: var(--countersign-danger, light-dark(oklch(0.46 0.18 25), oklch(0.78 0.115 22)));
    --_cs-success: var(--countersign-success, light-dark(oklch(0.44 0.12 152), oklch(0.79 0.12 152)));
    --_cs-radius: var(--countersign-radius, 10px);
    --_cs-radius-card: var(--countersign-radius-card, 14px);
    --_cs-space: var(--countersign-space, 4px);
    --_cs-small: var(--countersign-font-small, max(0.875rem, 14px));
    --_cs-medium: var(--countersign-font-medium, max(1rem, 16px));
    --_cs-large: var(--countersign-font-large, max(1.25rem, 20px));
    --_cs-ring: var(--countersign-ring, 2px solid var(--_cs-accent));
  }
  :host([hidden]) {
    display: none !important;
  }
  @media (forced-colors: active) {
    :host {
      --_cs-accent: Highlight;
      --_cs-accent-strong: Highlight;
      --_cs-on-accent: HighlightText;
    }
  }
`;
