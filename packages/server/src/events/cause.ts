import type { Parts } from '../parts.ts';
import { redactError } from './redact.ts';

/** Who causes what is done with the parts, and in which request. */
export interface Cause {
  /** `user`, `host`, `system`, `provider` or `key:…`. */
  actor: string;
  /** Null outside requests. */
  requestId: string | null;
}

/** Nobody is left to tell of an operator's own failure but the console; and it must not become that of a request. */
const telling =
  ({ tellOperator }: Pick<Parts, 'tellOperator'>, { requestId }: Cause): Parts['report'] =>
  (error) => {
    const tell = async (): Promise<unknown> => tellOperator(redactError(error), { requestId });
    tell().catch((failure: unknown) => console.error(requestId ?? '', failure));
  };

/** The parts as whoever causes something uses them: what is recorded and reported says who, and in which request. */
export const causedBy = (parts: Omit<Parts, 'cause' | 'report'>, cause: Cause): Parts => ({
  ...parts,
  cause,
  report: telling(parts, cause),
});
