/** How every story is looked at: both themes, on the smallest phone and on a desk. */
export const looks = ['light', 'dark'].flatMap((theme) =>
  [320, 1280].map((width) => ({ name: `${theme}-${width}`, theme, width, height: 800 })),
);
