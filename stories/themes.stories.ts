import { drive, type TestKit } from '@countersign/server/testing';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { codes } from './support/codes.ts';
import { flowStory, sceneOf } from './support/flow-story.ts';

// Each has a sheet for the whole page, so no two of them can stand on one.
const meta: Meta = { title: 'Themes', tags: ['!autodocs'] };
export default meta;

const holdsPhone = async (kit: TestKit): Promise<void> => {
  await drive(kit).bind();
};

const fields = html`<div style="display: grid; gap: 24px; max-inline-size: 25rem; margin-block-start: 24px">
  <countersign-phone-field value="+31612345678" hint="We send a code to it."></countersign-phone-field>
  <countersign-text-field
    type="password"
    value="fifteen"
    error="Many people use this password, so it is easy to guess. Choose another one."
  ></countersign-text-field>
  <countersign-factor-list
    .factors=${[
      { id: 'one', type: 'sms', target: '•••• 34' },
      { id: 'two', type: 'passkey', target: '2026-11-03T10:00:00Z' },
      { id: 'three', type: 'backup-codes', target: '7' },
    ]}
  ></countersign-factor-list>
  <countersign-backup-codes .codes=${codes}></countersign-backup-codes>
</div>`;

/** A flow in the middle, and the fields that it does not show. */
const themeStory = (look: string): StoryObj => ({
  ...flowStory({ before: holdsPhone }, async (person) => {
    await person.sees('Enter the code');
    await person.types('Code', person.wrongCode());
    await person.reads(/That code is not right\. 4 tries left\./u);
  }),
  render: (_args, { loaded }) => html`${sceneOf(loaded).element}${fields}`,
  globals: { look },
});

export const Calm = themeStory('calm');

export const Compact = themeStory('compact');

export const Contrast = themeStory('contrast');
