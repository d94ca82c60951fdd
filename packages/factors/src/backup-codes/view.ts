import { late } from '@countersign/elements/late';
import type { FactorView } from '@countersign/elements/view';
import { backupCodes } from './client.ts';
import type { BackupCodesContract } from './contract.ts';
import { messages } from './messages.ts';

/** A ticket with a line to tear along. */
const icon = 'M3 5h14v3a2 2 0 0 0 0 4v3H3v-3a2 2 0 0 0 0-4zM12.5 7.5v1M12.5 11.5v1';

/** How backup codes look; both steps are rare, and loaded when they come. */
export const backupCodesView: FactorView<BackupCodesContract> = {
  client: backupCodes(),
  name: messages.name,
  icon,
  isBackup: true,
  targetText: messages.left,
  setup: late(async () => (await import('./view-save.ts')).saveCodes),
  verify: late(async () => (await import('./view-enter.ts')).enterCode),
};
