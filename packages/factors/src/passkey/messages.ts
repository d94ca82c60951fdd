import { msg } from '@countersign/elements/localize';

/** What the passkey says outside its own steps; those hold their texts, so that both are loaded together. */
export const messages = { name: () => msg('Passkey') };
