/** What hostile texts are judged with, in the page. */
export interface Tools {
  /** Everything that an element is made of, by tag; what a code field draws for each digit is left out. */
  partsOf(element: Element): string;
  /** Attributes that a script could hide in. */
  dangersIn(element: Element): string[];
  /** The element and all in it have drawn what they know. */
  drawn(element: Element): Promise<void>;
  /** Puts a text wherever the element takes one: properties, attributes and slots. */
  fill(element: Element, text: string): void;
  /** An answer of the server's with the text in the place of all that the protocol leaves free. */
  spoil(answer: unknown, text: string): unknown;
}

/** Makes {@link Tools}; runs in the page, so it holds all that it needs. */
export const installTools = (): void => {
  const within = (root: Element | ShadowRoot): Element[] =>
    [...root.children].flatMap((child) => [
      child,
      ...within(child),
      ...(child.shadowRoot ? within(child.shadowRoot) : []),
    ]);
  const all = (element: Element): Element[] => [
    element,
    ...within(element),
    ...(element.shadowRoot ? within(element.shadowRoot) : []),
  ];
  const partsOf = (element: Element): string =>
    all(element)
      .filter((part) => !part.matches('.cell'))
      .map(({ localName }) => localName)
      .join(' ');
  const isDanger = ({ name, value }: Attr): boolean =>
    name.startsWith('on') ||
    name === 'srcdoc' ||
    (/^(?:href|src|action|formaction|data|xlink:href)$/u.test(name) && !/^(?:https?:|[/#?]|$)/u.test(value));
  const dangersIn = (element: Element): string[] =>
    within(element.shadowRoot ?? element)
      .concat(within(element))
      .flatMap((part) => [...part.attributes].filter(isDanger).map(({ name, value }) => `${part.localName} ${name}=${value}`));
  const drawn = async (element: Element): Promise<void> => {
    for (const part of all(element)) await Reflect.get(part, 'updateComplete');
    for (const part of all(element)) await Reflect.get(part, 'updateComplete');
  };

  /** The same kind of thing with the text in it; undefined for what holds no text. */
  const hostile = (value: unknown, text: string): unknown => {
    if (typeof value === 'string') return text;
    if (typeof value === 'function') return value.name === 'label' || value.length === 1 ? () => text : undefined;
    return Array.isArray(value) ? [text] : undefined;
  };
  const fill = (element: Element, text: string): void => {
    const declared: unknown = Reflect.get(element.constructor, 'elementProperties');
    const names = declared instanceof Map ? [...declared.keys()].map(String) : [];
    for (const name of names) {
      const value = hostile(Reflect.get(element, name), text);
      if (value !== undefined) Reflect.set(element, name, value);
    }
    for (const slot of element.querySelectorAll(':scope > [slot]')) slot.textContent = text;
  };

  const fixed =
    /^(?:kind|actions|factor|stage|type|mode|methods|identifiers|delivery|channels|purpose|available|amr|policy|notice|serverTime|.*At)$/u;
  const spoil = (answer: unknown, text: string): unknown => {
    if (typeof answer === 'string') return text;
    if (Array.isArray(answer)) return answer.map((item) => spoil(item, text));
    if (typeof answer !== 'object' || answer === null) return answer;
    const isStep = 'actions' in answer;
    return Object.fromEntries(
      Object.entries(answer).map(([key, value]) => {
        const isFree = typeof value === 'object' ? !/^(?:actions|methods|channels|amr|available)$/u.test(key) : !fixed.test(key);
        return [key, isFree && !(isStep && key === 'name') ? spoil(value, text) : value];
      }),
    );
  };
  Reflect.set(globalThis, 'tools', { partsOf, dangersIn, drawn, fill, spoil } satisfies Tools);
};
