import { element } from '../dom.ts';

/** A message as the host's feed gives it. */
export interface Message {
  /** E.164. */
  to: string;
  text: string;
  /** ISO 8601. */
  at: string;
}

const shownAsCopied = 2000;

const clockTime = (at: string): string =>
  new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' }).format(Date.parse(at));

const copyButton = (code: string): HTMLButtonElement => {
  const button = element('button', { type: 'button', class: 'copy' }, 'Copy code');
  button.addEventListener('click', () => {
    void navigator.clipboard.writeText(code).then(() => {
      button.textContent = 'Copied';
      setTimeout(() => (button.textContent = 'Copy code'), shownAsCopied);
    });
  });
  return button;
};

/** The text with its code in an element of its own, which one click selects. */
const body = (text: string): { node: HTMLElement; code: string } => {
  const [code = ''] = /(?<!\d)\d{6,10}(?!\d)/u.exec(text) ?? [];
  const node = element('p', { class: 'text', dir: 'auto' });
  const start = text.indexOf(code);
  const marked = element('span', { class: 'code', translate: 'no' }, code);
  node.append(text.slice(0, start), ...(code ? [marked] : []), text.slice(start + code.length));
  return { node, code };
};

/** A message as it lies on the lock screen. */
export const messageCard = ({ to, text, at }: Message): HTMLElement => {
  const { node, code } = body(text);
  const head = element(
    'p',
    { class: 'head' },
    element('strong', {}, 'Harbor'),
    element('span', {}, 'to ', element('bdi', { dir: 'ltr' }, to)),
    element('time', { datetime: at }, element('bdi', {}, clockTime(at))),
  );
  return element('article', { class: 'message' }, head, node, ...(code ? [copyButton(code)] : []));
};
