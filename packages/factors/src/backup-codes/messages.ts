import { msg, str } from '@countersign/elements/localize';

/** What the backup codes say outside their own steps; those hold their texts, so that both are loaded together. */
export const messages = {
  name: () => msg('Backup codes'),
  left: (count: string) => msg(str`${count} left`),
};
