import type { ClientFactor } from '@countersign/client';
import type { PasskeyContract } from './contract.ts';

/** The client half of passkeys; `navigator.credentials` takes the step's options and gives what the actions carry. */
export const passkey = (): ClientFactor<PasskeyContract> => ({ type: 'passkey' });
