import type { FactorRow } from '../store/rows.ts';
import type { EventType } from './types.ts';

/** Something that happened, as far as it is not known from elsewhere. */
export interface Happening {
  type: EventType;
  userId?: string | null;
  flowId?: string | null;
  /** A held factor, of which type and masked target are told. */
  factorId?: string | null;
  /** The type, where no held factor is named. */
  factor?: string;
  /** Masked. */
  target?: string;
  reason?: string;
}

/** What is known of everything that happens in one commit. */
export interface About {
  userId: string | null;
  flowId: string | null;
  /** What the user held before. */
  held: readonly FactorRow[];
  /** Whether 2-step verification was on before. */
  isOn: boolean;
}

/** Where nothing is known but the user. */
export const aboutUser = (userId: string | null, held: readonly FactorRow[] = []): About => ({
  userId,
  flowId: null,
  held,
  isOn: false,
});
