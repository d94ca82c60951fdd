import { msg } from '@countersign/elements/localize';

/** What the e-mail factor says outside its own steps; those hold their texts, so that both are loaded together. */
export const messages = {
  name: () => msg('E-mail'),
};
