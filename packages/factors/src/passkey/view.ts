import { addedText } from '@countersign/elements/added-text';
import { late } from '@countersign/elements/late';
import type { FactorView } from '@countersign/elements/view';
import { passkey } from './client.ts';
import type { PasskeyContract } from './contract.ts';
import { messages } from './messages.ts';

/** How a passkey looks; both steps, and what speaks WebAuthn, are loaded when they come. */
export const passkeyView: FactorView<PasskeyContract> = {
  client: passkey(),
  name: messages.name,
  /** A key. */
  icon: 'M10 7a3.5 3.5 0 1 1-7 0 3.5 3.5 0 0 1 7 0M9 9.5l8 8M13 13.5l2-2',
  targetText: addedText,
  setup: late(async () => (await import('./view-passkey.ts')).create),
  verify: late(async () => (await import('./view-passkey.ts')).use),
};
