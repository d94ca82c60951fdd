export {
  type Client,
  type ClientOptions,
  type ClientState,
  createClient,
  deadline,
  type Purpose,
} from '@countersign/client';
export { backupCodes } from '@countersign/factors/backup-codes/client';
export { sms } from '@countersign/factors/sms/client';
