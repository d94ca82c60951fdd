/** Lets a new step come in from where one reads on to, unless motion is reduced. */
export const arrive = (step: Element | null): void => {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  const from = step?.matches(':dir(rtl)') ? '-8px' : '8px';
  step?.animate([{ opacity: 0, translate: from }, {}], { duration: 150, easing: 'ease-out' });
};
