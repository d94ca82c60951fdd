/** Where something was found, and what stood there. */
export interface Sight {
  place: string;
  text: string;
}

/** All that a page shows and keeps, but for the drawn phone, whose messages are meant to be read; runs in the page. */
export const look = (): Sight[] => {
  const sights: Sight[] = [];
  const see = (place: string, text: string): void => void sights.push({ place, text });
  // What a field draws is what is typed into it.
  const visit = (root: Node, place = 'text'): void => {
    let text = '';
    let attributes = '';
    const acceptNode = (node: Node): number =>
      node instanceof Element && node.matches('#phone, script, style') ? 2 : 1;
    const walker = document.createTreeWalker(root, 5, { acceptNode });
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node instanceof Text) text += node.data;
      if (!(node instanceof Element)) continue;
      for (const { name, value } of node.attributes) {
        if (value.startsWith('otpauth:')) see('link to an app', value);
        else attributes += `${name}=${value}\n`;
      }
      if (node instanceof HTMLInputElement) see('input', node.value);
      if (node.shadowRoot) visit(node.shadowRoot, node.localName.endsWith('-field') ? 'input' : 'text');
    }
    see(place, text);
    see('attribute', attributes);
  };
  visit(document);
  for (const [key, value] of Object.entries({ ...localStorage })) see('local storage', `${key} ${String(value)}`);
  for (const [key, value] of Object.entries({ ...sessionStorage })) see('session storage', `${key} ${String(value)}`);
  see('history', JSON.stringify(history.state));
  see('address bar', location.href);
  return sights;
};

/** Has bodies sent as texts: those of a copied request leave as streams, which no browser tells of; runs in the page. */
export const sendTexts = (): void => {
  const send = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    if (!(input instanceof Request) || !input.body) return send(input, init);
    return send(input, { ...init, body: await input.clone().text() });
  };
};

/** Every record of every database that the page keeps; runs in the page. */
export const lookInDatabases = async (): Promise<Sight[]> => {
  const settled = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.addEventListener('success', () => resolve(request.result));
      request.addEventListener('error', () => reject(request.error ?? new Error('no result')));
    });
  const sights: Sight[] = [];
  for (const { name = '' } of await indexedDB.databases()) {
    const database = await settled(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const all = await settled(database.transaction(store).objectStore(store).getAll());
      sights.push({ place: 'database', text: JSON.stringify(all) });
    }
    database.close();
  }
  return sights;
};
