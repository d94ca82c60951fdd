import type { ClientFactor } from '@countersign/client';
import type { SmsContract } from './contract.ts';

/** The client half of the SMS factor. */
export const sms = (): ClientFactor<SmsContract> => ({ type: 'sms' });
