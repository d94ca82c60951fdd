import type { ClientFactor } from '@countersign/client';
import type { TotpContract } from './contract.ts';

/** The client half of the authenticator app. */
export const totp = (): ClientFactor<TotpContract> => ({ type: 'totp' });
