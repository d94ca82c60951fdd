import { css } from 'lit';

export const textFieldStyles = css`
  button {
    padding: 0 calc(3 * var(--_cs-space));
    border-radius: calc(var(--_cs-radius) - 1px);
    color: var(--_cs-accent);
    font-size: var(--_cs-small);
    font-weight: 600;
  }
  button:disabled {
    color: inherit;
  }
  :host([type='text']) .frame {
    font-family: ui-monospace, monospace;
  }
`;
