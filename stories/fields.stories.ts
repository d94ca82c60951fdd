import 'countersign';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { userEvent, waitFor } from 'storybook/test';
import { codes } from './support/codes.ts';

const meta: Meta = { title: 'Fields' };
export default meta;

/** The clock stands still, so that every picture is the same. */
const stopped = (): number => 0;

export const Code: StoryObj = {
  render: () => html`<countersign-code-field hint="It has six digits."></countersign-code-field>`,
};

export const CodeFilledIn: StoryObj = {
  render: () => html`<countersign-code-field value="123456"></countersign-code-field>`,
};

export const CodeRefused: StoryObj = {
  render: () =>
    html`<countersign-code-field
      value="123456"
      error="That code is not right. 3 tries left."
    ></countersign-code-field>`,
};

export const CodeOfTenDigits: StoryObj = {
  render: () => html`<countersign-code-field length="10" value="12345"></countersign-code-field>`,
};

export const CodeDisabled: StoryObj = {
  render: () => html`<countersign-code-field disabled value="123456"></countersign-code-field>`,
};

export const Phone: StoryObj = {
  render: () => html`<countersign-phone-field country="NL" hint="We send a code to it."></countersign-phone-field>`,
};

export const PhoneFilledIn: StoryObj = {
  render: () => html`<countersign-phone-field value="+31612345678"></countersign-phone-field>`,
};

export const PhoneRefused: StoryObj = {
  render: () =>
    html`<countersign-phone-field
      value="+31101234567"
      error="No code reaches this number. Use another."
    ></countersign-phone-field>`,
};

export const PhoneDisabled: StoryObj = {
  render: () => html`<countersign-phone-field disabled value="+31612345678"></countersign-phone-field>`,
};

const neighbours = ['AT', 'BE', 'CH', 'CZ', 'DE', 'DK', 'FR', 'GB', 'IE', 'LU', 'NL', 'NO', 'PL', 'SE'];

export const PhoneChoosingTheCountry: StoryObj = {
  render: () =>
    html`<div style="min-block-size: 480px">
      <countersign-phone-field country="NL" .countries=${neighbours}></countersign-phone-field>
    </div>`,
  play: async ({ canvasElement }) => {
    const root = canvasElement.querySelector('countersign-phone-field')?.shadowRoot;
    const opener = root?.querySelector('button');
    if (opener) await userEvent.click(opener);
    await waitFor(() => {
      const list = root?.querySelector('countersign-country-picker')?.shadowRoot;
      if (!list?.querySelector(':popover-open [data-active]')) throw new Error('the list is not open');
    });
  },
};

export const CountdownRunning: StoryObj = {
  render: () =>
    html`<countersign-countdown .until=${42_000} .clock=${stopped}
      ><button type="button" data-of-page>Send again</button></countersign-countdown
    >`,
};

export const CountdownOver: StoryObj = {
  render: () =>
    html`<countersign-countdown .until=${0} .clock=${stopped}
      ><button type="button" data-of-page>Send again</button></countersign-countdown
    >`,
};

export const BackupCodes: StoryObj = {
  render: () => html`<countersign-backup-codes .codes=${codes}></countersign-backup-codes>`,
};

export const BackupCodesSaved: StoryObj = {
  render: () => html`<countersign-backup-codes .codes=${codes} value="saved"></countersign-backup-codes>`,
};

export const FactorList: StoryObj = {
  render: () =>
    html`<countersign-factor-list
      .factors=${[
        { id: 'one', type: 'sms', target: '•••• 34' },
        { id: 'two', type: 'sms', target: '•••• 78' },
        { id: 'three', type: 'backup-codes', target: '7' },
      ]}
    ></countersign-factor-list>`,
};

const link = 'otpauth://totp/Acme:ada%40example.com?issuer=Acme&secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

export const QrCode: StoryObj = {
  render: () => html`<countersign-qr-code .value=${link}></countersign-qr-code>`,
};

export const Email: StoryObj = {
  render: () => html`<countersign-text-field type="email" autocomplete="email"></countersign-text-field>`,
};

export const Password: StoryObj = {
  render: () =>
    html`<countersign-text-field
      type="password"
      autocomplete="current-password"
      value="fifteen purple herons"
      hint="It can be shown while it is typed."
    ></countersign-text-field>`,
};

export const PasswordDisabled: StoryObj = {
  render: () => html`<countersign-text-field disabled type="password" value="secret"></countersign-text-field>`,
};

export const TextRefused: StoryObj = {
  render: () =>
    html`<countersign-text-field
      label="Backup code"
      value="7KQM-2PWX"
      error="This is none of your codes, or it was used before."
    ></countersign-text-field>`,
};
