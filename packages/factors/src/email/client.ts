import type { ClientFactor } from '@countersign/client';
import type { EmailContract } from './contract.ts';

/** The client half of the e-mail factor. */
export const email = (): ClientFactor<EmailContract> => ({ type: 'email' });
