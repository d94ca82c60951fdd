import { msg } from '@countersign/elements/localize';

/** What the authenticator app says outside its own steps; those hold their texts, so that both are loaded together. */
export const messages = { name: () => msg('Authenticator app') };
