export {
  type Client,
  type ClientOptions,
  type ClientState,
  createClient,
  deadline,
  type Purpose,
} from '@countersign/client';
export { backupCodes } from '@countersign/factors/backup-codes/client';
export { email } from '@countersign/factors/email/client';
export { passkey } from '@countersign/factors/passkey/client';
export { sms } from '@countersign/factors/sms/client';
export { totp } from '@countersign/factors/totp/client';
