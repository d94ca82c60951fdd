import type { Channel } from '@countersign/core/code-stage';
import type { Connector } from '@countersign/core/connector';
import type { FactorServer } from '@countersign/core/factor';
import type { IdentifierType } from '@countersign/core/identifier';

/** What a backend was given, which settings can only choose from. */
export interface Available {
  factors: readonly FactorServer[];
  connectors: readonly Connector[];
  production: boolean;
  /** Whether anybody says what a message costs. */
  knowsPrices: boolean;
}

/** The channel by which an address of each kind is proved. */
export const proofChannels: Readonly<Record<IdentifierType, Channel>> = { email: 'email', phone: 'sms' };
