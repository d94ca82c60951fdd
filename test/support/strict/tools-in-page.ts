/** What hostile texts are put in place with, and judged by, in the page. */
export interface Tools {
  /** Draws with harmless texts first, then with each of the others; gives those that became more, and what. */
  tryAll(element: Element, show: (text: string) => unknown, texts: readonly string[]): Promise<string[]>;
  /** Puts a text wherever the element takes one of the page: attributes, properties and slots. */
  fill(element: Element, text: string): void;
  /** An answer of the server's with the text in the place of all that the protocol leaves free. */
  spoil(answer: unknown, text: string): unknown;
  /** Lets everything go on that is due, without the pause that timers make. */
  turn(): Promise<void>;
  /** What was made markup of since the page was opened: under the policy nothing else can be. */
  markup: Set<string>;
}

/** Makes {@link Tools}; runs in the page before its scripts, so it holds all that it needs. */
export const installTools = (): void => {
  const markup = new Set<string>();
  const { trustedTypes } = globalThis as unknown as {
    trustedTypes: { createPolicy(name: string, rules: { createHTML(text: string): string }): unknown };
  };
  const createPolicy = trustedTypes.createPolicy.bind(trustedTypes);
  trustedTypes.createPolicy = (name, { createHTML }) =>
    createPolicy(name, {
      createHTML(text) {
        markup.add(text);
        return createHTML(text);
      },
    });

  const within = (root: Element | ShadowRoot): Element[] =>
    [...root.children].flatMap((child) => [child, ...all(child)]);
  const all = (element: Element): Element[] => [
    ...within(element),
    ...(element.shadowRoot ? within(element.shadowRoot) : []),
  ];
  const isDanger = ({ name, value }: Attr): boolean =>
    /^(?:on.*|srcdoc)$/u.test(name) ||
    (/^(?:href|src|action|formaction|data|xlink:href)$/u.test(name) && !/^(?:https?:|otpauth:|[/#?]|$)/u.test(value));
  const dangersIn = (element: Element): Attr[] =>
    all(element).flatMap(({ attributes }) => [...attributes].filter(isDanger));

  const turn = (): Promise<void> =>
    new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.addEventListener('message', () => {
        port1.close();
        resolve();
      });
      port1.start();
      port2.postMessage(null);
    });

  const drawn = async (element: Element): Promise<void> => {
    for (const part of [element, ...all(element), ...all(element)]) await Reflect.get(part, 'updateComplete');
  };
  const harmless = ['usual', '123456', '+31612345678', '/usual', ''];
  const tryAll: Tools['tryAll'] = async (element, show, texts) => {
    const tagsOf = async (text: string): Promise<string[]> => {
      await show(text);
      await drawn(element);
      return all(element).map(({ localName }) => localName);
    };
    // An element draws these by itself, too, once a code is late.
    const own = new Set(['details', 'summary']);
    for (const text of harmless) for (const tag of await tagsOf(text)) own.add(tag);
    const changed: string[] = [];
    for (const text of texts) {
      const strange = (await tagsOf(text)).filter((tag) => !own.has(tag));
      const dangers = dangersIn(element).map(({ name, value }) => `${name}=${value}`);
      if (strange.length + dangers.length > 0) changed.push([text, ...strange, ...dangers].join(' | '));
    }
    return own.size > 2 ? changed : ['nothing is drawn'];
  };

  const lists = /^(?:countries|languages|codes)$/u;
  const hostile = (name: string, value: unknown, text: string): unknown => {
    if (typeof value === 'string') return text;
    if (name === 'factors') return [{ id: text, type: 'sms', target: text, name: text }];
    if (name === 'label') return () => text;
    return lists.test(name) ? [text] : value;
  };
  const fill = (element: Element, text: string): void => {
    const { observedAttributes, elementProperties } = element.constructor as unknown as {
      observedAttributes: string[];
      elementProperties: Map<string, { state?: boolean }>;
    };
    for (const name of observedAttributes) {
      // How many digits a code has is the page's own affair: what is a number is no text.
      if (name !== 'length' || Number.isNaN(Number(text))) element.setAttribute(name, text);
    }
    for (const [name, { state }] of elementProperties) {
      if (!state) Reflect.set(element, name, hostile(name, Reflect.get(element, name), text));
    }
    for (const own of element.querySelectorAll('[data-own]')) own.textContent = text;
  };

  const fixed =
    /^(?:kind|actions|factor|stage|type|mode|methods|identifiers|delivery|channels|purpose|available|amr|policy|notice|serverTime|.*At)$/u;
  const spoil = (answer: unknown, text: string): unknown => {
    if (typeof answer === 'string') return text;
    if (Array.isArray(answer)) return answer.map((item) => spoil(item, text));
    if (typeof answer !== 'object' || answer === null) return answer;
    const isFixed = (key: string) => fixed.test(key) || (key === 'name' && 'actions' in answer);
    return Object.fromEntries(
      Object.entries(answer).map(([key, value]) => [key, isFixed(key) ? value : spoil(value, text)]),
    );
  };
  Reflect.set(globalThis, 'tools', { tryAll, fill, spoil, turn, markup } satisfies Tools);
};
