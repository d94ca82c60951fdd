import { addedText } from '@countersign/elements/added-text';
import { late } from '@countersign/elements/late';
import type { FactorView } from '@countersign/elements/view';
import { totp } from './client.ts';
import type { TotpContract } from './contract.ts';
import { messages } from './messages.ts';

/** A clock in a circle. */
const icon = 'M17 10a7 7 0 1 1-14 0a7 7 0 1 1 14 0M10 6v4l2.5 2';

/** How the authenticator app looks. */
export const totpView: FactorView<TotpContract> = {
  client: totp(),
  name: messages.name,
  icon,
  targetText: addedText,
  setup: late(async () => (await import('./view-setup.ts')).setUpApp),
  verify: late(async () => (await import('./view-enter.ts')).enterCode),
};
