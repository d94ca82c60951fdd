import type { FactorView } from '@countersign/elements';
import { backupCodesView } from '@countersign/factors/backup-codes/view';
import { emailView } from '@countersign/factors/email/view';
import { passkeyView } from '@countersign/factors/passkey/view';
import { smsView } from '@countersign/factors/sms/view';
import { totpView } from '@countersign/factors/totp/view';

/** How each factor looks that a page can show. */
export const views: readonly FactorView[] = [smsView, emailView, totpView, passkeyView, backupCodesView];
