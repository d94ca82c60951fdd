import 'countersign';
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { render } from '@lit-labs/ssr';
import { collectResult } from '@lit-labs/ssr/lib/render-result.js';
import { html as markup, unsafeStatic } from 'lit/static-html.js';

/** Each element that a page may write, and what its drawing holds. */
const drawings: readonly [tag: string, drawn: RegExp][] = [
  ['countersign-sign-up', /<h2[^>]*>.*One moment…/su],
  ['countersign-sign-in', /<h2[^>]*>.*One moment…/su],
  ['countersign-reset-password', /<h2[^>]*>.*One moment…/su],
  ['countersign-recover', /<h2[^>]*>.*One moment…/su],
  ['countersign-verify', /<h2[^>]*>.*One moment…/su],
  ['countersign-setup', /<h2[^>]*>.*One moment…/su],
  ['countersign-account', /<h2[^>]*>.*One moment…/su],
  ['countersign-code-field', /(?:class="cell".*){6}<slot>/su],
  ['countersign-phone-field', /part="country".*<slot>/su],
  ['countersign-text-field', /<slot name="label">.*part="frame".*<slot>.*<slot name="message">/su],
  ['countersign-backup-codes', /part="codes".*Copy.*Download.*Print.*<slot name="label">/su],
  ['countersign-countdown', /role="timer".*<slot>/su],
  ['countersign-factor-list', /<ul role="list">/u],
  ['countersign-qr-code', /<\/style>/u],
];

const draw = (tag: string): Promise<string> => {
  const name = unsafeStatic(tag);
  return collectResult(render(markup`<${name}><p>as it was</p></${name}>`));
};

describe('where there is no DOM', () => {
  test('every element that is defined is drawn here', () => {
    assert.deepEqual(
      drawings.filter(([tag]) => !customElements.get(tag)),
      [],
    );
  });

  for (const [tag, drawn] of drawings) {
    test(`<${tag}> is drawn as a declarative shadow root, before what the page put into it, each time`, async () => {
      const text = await draw(tag);
      const [, shadow = '', rest = ''] =
        /<template[^>]*shadowrootmode="open"[^>]*>(.*)<\/template>(.*)/su.exec(text) ?? [];
      assert.match(shadow, drawn);
      assert.match(rest, /<p>as it was<\/p>/u);
      // By then what is loaded late has come.
      await new Promise((resolve) => setImmediate(resolve));
      assert.equal(await draw(tag), text);
    });
  }
});
