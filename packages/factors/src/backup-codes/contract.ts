import { typedCode } from '@countersign/core/code-stage';
import type { FactorContract } from '@countersign/core/contract';
import * as v from 'valibot';

/** Backup codes: shown until the person says that they are kept, then each serves once. */
export const backupCodesContract = {
  type: 'backup-codes',
  role: 'backup',
  setup: {
    codes: {
      carries: {
        /** Ready to read: four groups of four characters (`7KQM-2PWX-…`). */
        codes: v.array(v.string()),
      },
      accepts: { acknowledge: {} },
    },
  },
  verify: {
    code: {
      carries: {},
      accepts: { 'submit-code': { code: typedCode } },
    },
  },
} as const satisfies FactorContract;

/** The type of {@link backupCodesContract}, which is all that browser code imports of it. */
export type BackupCodesContract = typeof backupCodesContract;
