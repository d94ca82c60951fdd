/** How a page's framework is brought in, and by which attribute of the root it knows light from dark. */
export interface Framework {
  sheet: () => string | Promise<string>;
  themeAttribute: string;
}

/** Gives the page a framework's sheet for as long as a story is shown, and keeps it told of the theme. */
export const surroundedBy =
  ({ sheet, themeAttribute }: Framework) =>
  async (): Promise<() => void> => {
    const { documentElement: page, head } = document;
    const style = document.createElement('style');
    style.textContent = await sheet();
    head.append(style);
    const tell = (): void => page.setAttribute(themeAttribute, page.style.colorScheme);
    const watch = new MutationObserver(tell);
    watch.observe(page, { attributeFilter: ['style'] });
    tell();
    return () => {
      watch.disconnect();
      style.remove();
      page.removeAttribute(themeAttribute);
    };
  };
