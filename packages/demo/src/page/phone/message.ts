import { element, icon } from '../dom.ts';

/** A message as the host's feed gives it. */
export interface Message {
  /** E.164, or an e-mail address. */
  to: string;
  channel: string;
  text: string;
  /** ISO 8601. */
  at: string;
}

const shownAsCopied = 2000;

const envelope = 'M3 5.5h14v9.5H3V5.5Zm0 .5 7 5 7-5';

const timeOfDay = (at: string): string =>
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

/** What a message is called, by how it came. */
const titles: Readonly<Record<string, string>> = {
  email: 'Mail from Harbor',
  voice: 'Call from Harbor',
  whatsapp: 'WhatsApp from Harbor',
};

/** The text with its code in an element of its own, which one click selects; a call says it digit by digit. */
const body = (text: string): { node: HTMLElement; code: string } => {
  const [code = ''] = /(?<!\d)\d(?:(?:, )?\d){5,9}(?!\d)/u.exec(text) ?? [];
  const node = element('p', { class: 'text', dir: 'auto' });
  const start = text.indexOf(code);
  const marked = element('span', { class: 'code', translate: 'no' }, code);
  node.append(text.slice(0, start), ...(code ? [marked] : []), text.slice(start + code.length));
  return { node, code: code.replaceAll(', ', '') };
};

const head = ({ to, channel, at }: Message): HTMLElement => {
  return element(
    'p',
    { class: 'head' },
    ...(channel === 'email' ? [icon(envelope)] : []),
    element('strong', {}, titles[channel] ?? 'Harbor'),
    element('span', {}, 'to ', element('bdi', { dir: 'ltr' }, to)),
    element('time', { datetime: at }, element('bdi', {}, timeOfDay(at))),
  );
};

/** A message as it lies on the lock screen; mail looks like a letter, a text message like a bubble. */
export const messageCard = (message: Message): HTMLElement => {
  const { node, code } = body(message.text);
  const copy = code ? [copyButton(code)] : [];
  return element('article', { class: 'message', 'data-channel': message.channel }, head(message), node, ...copy);
};
