import 'countersign';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';

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
      error="This number cannot receive a code. Check it, or use another one."
    ></countersign-phone-field>`,
};

export const CountdownRunning: StoryObj = {
  render: () =>
    html`<countersign-countdown .until=${42_000} .clock=${stopped}
      ><button type="button" class="countersign-link">Send again</button></countersign-countdown
    >`,
};

export const CountdownOver: StoryObj = {
  render: () =>
    html`<countersign-countdown .until=${0} .clock=${stopped}
      ><button type="button" class="countersign-link">Send again</button></countersign-countdown
    >`,
};
