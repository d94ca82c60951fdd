import bootstrap from 'bootstrap/dist/css/bootstrap.css?raw';
import { drive, type TestKit } from '@countersign/server/testing';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import tailwind from 'tailwindcss/index.css?raw';
import { compile } from 'tailwindcss';
import { surroundedBy } from './support/framework.ts';
import { flowStory, sceneOf } from './support/flow-story.ts';

// Each has a sheet for the whole page; what is looked at in pictures is the element, not the framework.
const meta: Meta = { title: 'In a page', tags: ['!autodocs', 'in-page'] };
export default meta;

const holdsPhone = async (kit: TestKit): Promise<void> => {
  await drive(kit).bind();
};

/** The step that asks for a code, with the page around it. */
const inPage = (page: (flow: HTMLElement) => TemplateResult, frame: 'card' | 'none' = 'card'): StoryObj => ({
  ...flowStory({ before: holdsPhone }, async (person) => {
    person.element.frame = frame;
    await person.sees('Enter the code');
  }),
  render: (_args, { loaded }) => page(sceneOf(loaded).element),
});

export const InAPlainPage = inPage(
  (flow) =>
    html`<h2>Confirm a transfer</h2>
      <p>€ 1,250.00 to Grace Hopper. <a href="#details">Details</a></p>
      ${flow}
      <form>
        <p>
          <label>Your reference <input name="reference" value="November" /></label>
        </p>
        <p>
          <label
            >Account
            <select data-of-page>
              <option>Everyday</option>
              <option>Savings</option>
            </select></label
          >
          <label><input type="checkbox" checked /> Remember it</label>
        </p>
        <p><button type="button" data-of-page>Save as a draft</button></p>
      </form>`,
);

export const InABootstrapPage: StoryObj = {
  ...inPage(
    (flow) =>
      html`<div class="row g-4">
        <h2 class="col-12 h3 mb-0">Confirm a transfer</h2>
        <div class="col-lg-7">
          <div
            class="card"
            style="--countersign-radius: var(--bs-border-radius); --countersign-accent: var(--bs-primary-text-emphasis)"
          >
            <div class="card-body">${flow}</div>
          </div>
        </div>
        <form class="col-lg-5">
          <label class="form-label" for="reference">Your reference</label>
          <input class="form-control mb-3" id="reference" value="November" />
          <label class="form-label" for="account">Account</label>
          <select class="form-select mb-3" id="account">
            <option>Everyday</option>
          </select>
          <div class="form-check mb-3">
            <input class="form-check-input" type="checkbox" id="remember" checked />
            <label class="form-check-label" for="remember">Remember it</label>
          </div>
          <button type="button" class="btn btn-dark">Save as a draft</button>
          <button type="button" class="btn btn-outline-secondary text-body">Cancel</button>
        </form>
      </div>`,
    'none',
  ),
  beforeEach: surroundedBy({ sheet: () => bootstrap, themeAttribute: 'data-bs-theme' }),
};

/** The classes that the page below uses, from which Tailwind makes its sheet. */
const used = `flex flex-wrap gap-8 items-start text-2xl font-semibold mb-4 block text-sm font-medium mb-2 w-full rounded-md
  border border-gray-300 dark:border-gray-600 px-3 py-2 dark:text-gray-100 size-4 accent-indigo-800 items-center gap-2
  bg-indigo-800 hover:bg-indigo-700 text-white px-4 shadow-xs space-y-4 max-w-md`;

const tailwindSheet = async (): Promise<string> => {
  const dark = '@custom-variant dark (&:where([data-theme=dark], [data-theme=dark] *));';
  return (await compile(`${tailwind}\n${dark}`)).build(used.split(/\s+/u));
};

export const InATailwindPage: StoryObj = {
  ...inPage(
    (flow) =>
      html`<h2 class="text-2xl font-semibold mb-4">Confirm a transfer</h2>
        <div
          class="flex flex-wrap gap-8 items-start"
          style="--countersign-accent: light-dark(#372aac, #a3b3ff); --countersign-radius: var(--radius-md)"
        >
          <div class="w-full max-w-md">${flow}</div>
          <form class="space-y-4">
            <div>
              <label class="block text-sm font-medium mb-2" for="reference">Your reference</label>
              <input
                class="block w-full rounded-md border border-gray-300 dark:border-gray-600 px-3 py-2"
                id="reference"
                value="November"
              />
            </div>
            <label class="flex items-center gap-2 text-sm">
              <input type="checkbox" class="size-4 accent-indigo-800" checked /> Remember it
            </label>
            <button
              type="button"
              class="rounded-md bg-indigo-800 hover:bg-indigo-700 px-4 py-2 font-semibold text-white"
            >
              Save as a draft
            </button>
          </form>
        </div>`,
  ),
  beforeEach: surroundedBy({ sheet: tailwindSheet, themeAttribute: 'data-theme' }),
};
