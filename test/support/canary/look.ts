/** Where something was found, and what stood there. */
export interface Sight {
  place: string;
  text: string;
}

/** All that a page shows and keeps, but for the drawn phone, whose messages are meant to be read; runs in the page. */
export const look = (): Sight[] => {
  const sights: Sight[] = [];
  const see = (place: string, text: string): void => void sights.push({ place, text });
  const visit = (root: Node): void => {
    let text = '';
    const acceptNode = (node: Node): number =>
      node instanceof Element && node.matches('#phone, script, style') ? 2 : 1;
    const walker = document.createTreeWalker(root, 5, { acceptNode });
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node instanceof Text) text += node.data;
      if (!(node instanceof Element)) continue;
      for (const { name, value } of node.attributes) see('attribute', `${name}=${value}`);
      if (node instanceof HTMLInputElement) see('input', node.value);
      if (node.shadowRoot) visit(node.shadowRoot);
    }
    see('text', text);
  };
  visit(document);
  for (const [key, value] of Object.entries({ ...localStorage })) see('local storage', `${key} ${String(value)}`);
  for (const [key, value] of Object.entries({ ...sessionStorage })) see('session storage', `${key} ${String(value)}`);
  see('history', JSON.stringify(history.state));
  see('address bar', location.href);
  return sights;
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
