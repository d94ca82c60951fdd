import type { ClientFactor } from '@countersign/client';
import type { BackupCodesContract } from './contract.ts';

/** The client half of the backup codes. */
export const backupCodes = (): ClientFactor<BackupCodesContract> => ({ type: 'backup-codes' });
