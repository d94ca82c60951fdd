import { expect, type Page, test } from '@playwright/test';
import { openCamera } from '../scripts/screenshots/camera.mjs';
import { lookAt, pageScript } from '../scripts/screenshots/look.mjs';

const sheet = `
  body { margin: 16px; background: white; color: black; font: 16px/1.5 sans-serif }
  button { border: 1px solid #666; background: white; color: black; font: inherit }
  button:focus-visible, input:focus-visible { outline: 2px solid #00f; outline-offset: 2px }
`;

/** A fault, and how it is reported. */
const faults: [what: string, html: string, finding: RegExp][] = [
  [
    'two texts over each other',
    '<p>One line</p><p style="margin-top: -30px">Another line</p>',
    /^overlap: p “One line” and p “Another line”/u,
  ],
  [
    'a button over a text',
    '<p>One line</p><button style="position: absolute; top: 20px; left: 20px">Go</button>',
    /^overlap: p “One line” and button “Go”/u,
  ],
  [
    'a text that is cut off',
    '<p style="inline-size: 40px; overflow: hidden; white-space: nowrap">A long line</p>',
    /^cut off: p “A long line”/u,
  ],
  [
    'a text that leaves its box',
    '<div style="inline-size: 60px; border: 1px solid #000; white-space: nowrap">A long line</div>',
    /^outside of div: div “A long line”/u,
  ],
  ['a page wider than its window', '<div style="inline-size: 2000px">Wide</div>', /^wider than the window: the page/u],
  ['a text beside the page', '<p style="position: absolute; left: -20px">Gone</p>', /^outside the page: p “Gone”/u],
  [
    'more typed than the field shows',
    '<input value="a very long line that was typed" style="inline-size: 60px; border: 1px solid #666; outline-offset: 2px">',
    /^longer than its field: input/u,
  ],
  ['a pale text', '<p style="color: #888">Pale</p>', /^contrast of text: p “Pale” \(3\.54:1 instead of 7:1\)/u],
  ['a text that is pale because it is see-through', '<p style="opacity: 0.5">Pale</p>', /^contrast of text: p “Pale”/u],
  [
    'a text on a ground that another box draws',
    '<div style="position: absolute; inset: 0; background: #333; z-index: -1"></div><p>Dark</p>',
    /^contrast of text: p “Dark”/u,
  ],
  ['a faint edge', '<button style="border-color: #ccc">Go</button>', /^contrast of edge: button “Go”/u],
  ['no ring', '<button style="outline: none">Go</button>', /^no focus ring: button “Go”/u],
  ['a faint ring', '<button style="outline-color: #ddd">Go</button>', /^contrast of focus ring: button “Go”/u],
  [
    'a ring that is cut off',
    '<div style="overflow: hidden; inline-size: fit-content"><button>Go</button></div>',
    /^contrast of focus ring: button “Go”/u,
  ],
  [
    'a faint icon',
    '<svg width="20" height="20" fill="none" stroke="#ccc"><path d="M2 2L18 18"/></svg>',
    /^contrast of icon: svg/u,
  ],
];

// One page for all: a new one costs two seconds.
const look = test.extend<object, { stage: Page }>({
  stage: [
    async ({ browser }, use) => {
      const stage = await browser.newPage({ viewport: { width: 400, height: 400 } });
      await use(stage);
      await stage.close();
    },
    { scope: 'worker' },
  ],
});

const findingsIn = async (page: Page, html: string): Promise<string[]> => {
  await page.setContent(`<!doctype html><style>${sheet}</style>${html}`);
  await page.evaluate(pageScript());
  const findings = await lookAt(await openCamera(page), 'body');
  return findings.map(({ what, element, figure }) => `${what}: ${element} (${figure})`);
};

for (const [what, html, finding] of faults) {
  look(`a picture tells: ${what}`, async ({ stage }) => {
    expect(await findingsIn(stage, html)).toContainEqual(expect.stringMatching(finding));
  });
}

look('a picture of what is well made tells nothing', async ({ stage }) => {
  const html = `<p>One line</p><button>Go</button><input value="short" style="border: 1px solid #666">
    <p style="position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%)">For ears</p>`;
  expect(await findingsIn(stage, html)).toEqual([]);
});
