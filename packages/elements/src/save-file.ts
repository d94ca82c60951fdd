/** Hands a text to the browser as a file. A blob, so that a strict CSP has nothing to object to. */
export const saveFile = (document: Document, name: string, content: Blob): void => {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  Object.assign(link, { href: url, download: name });
  link.click();
  // Some browsers read it only after the click is over.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
};
