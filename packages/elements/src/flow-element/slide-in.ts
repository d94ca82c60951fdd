/** Lets a new step come in from where one reads on to; at once, where motion is to be reduced. */
export const slideIn = (host: Element, step: Element | null): void => {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  const from = host.matches(':dir(rtl)') ? '-8px' : '8px';
  step?.animate([{ opacity: 0, translate: from }, {}], { duration: 150, easing: 'ease-out' });
};
