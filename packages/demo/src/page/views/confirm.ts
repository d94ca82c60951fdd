import { element } from '../dom.ts';
import { firstName, lead, type View } from '../view.ts';

/** The second step; what comes out of it is handed on as a proof, which means nothing yet. */
export const confirm = (name: string, proved: (proof: string) => void): View => {
  const verify = element('countersign-verify', { 'begin-url': '/demo/begin/verify' });
  verify.autofocus = true;
  verify.addEventListener('countersign-complete', ({ proof }) => proved(proof));
  return {
    title: `One more step, ${firstName(name)}`,
    content: [lead('Your account opens once your phone confirms that it is you.'), verify],
  };
};
