import { msg, str } from '../localize.ts';
import { saveFile } from '../save-file.ts';

/*
 * Ways to keep the codes that need the page around them. The documents made here are built of nodes and blobs, never of
 * markup, so that a strict CSP has nothing to object to.
 */

const titleOf = ({ location }: Document): string => msg(str`Backup codes for ${location.host}`);

/** Hands the codes to the browser as a text file; gives what is to be said of that. */
export const download = (document: Document, codes: readonly string[]): string => {
  const lines = codes.map((code, index) => `${String(index + 1).padStart(2)}. ${code}`);
  const text = [titleOf(document), msg('Each code works once.'), '', ...lines, ''].join('\n');
  saveFile(document, `${msg('backup-codes')}.txt`, new Blob([text], { type: 'text/plain;charset=utf-8' }));
  return msg('Downloaded.');
};

/** Prints the codes and nothing of the page: they stand in a frame of their own for as long as that takes. */
export const print = (document: Document, codes: readonly string[]): string => {
  const frame = document.createElement('iframe');
  // Not hidden, or some browsers print nothing.
  Object.assign(frame.style, { position: 'fixed', inlineSize: '0', blockSize: '0', border: '0' });
  document.body.append(frame);
  const { contentWindow: window, contentDocument: page } = frame;
  if (!window || !page) throw new Error('a frame without a document');
  const heading = page.createElement('h1');
  page.title = heading.textContent = titleOf(document);
  const list = page.createElement('ol');
  list.append(...codes.map((code) => Object.assign(page.createElement('li'), { textContent: code })));
  list.style.font = '14pt/2 monospace';
  page.body.append(heading, list);
  window.addEventListener('afterprint', () => frame.remove());
  window.print();
  return '';
};
