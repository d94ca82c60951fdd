import type { Parts } from '../parts.ts';
import { redactError } from './redact.ts';

/** Who causes what is done with the parts, and in which request. */
export interface Cause {
  /** `user`, `host`, `system` or `key:…`. */
  actor: string;
  /** Null outside requests. */
  requestId: string | null;
}

/** The parts as whoever causes something uses them: what is recorded and reported says who, and in which request. */
export const causedBy = (parts: Omit<Parts, 'cause' | 'report'>, cause: Cause): Parts => ({
  ...parts,
  cause,
  report: (error) => parts.tellOperator(redactError(error), { requestId: cause.requestId }),
});
