import type { FactorContract } from '@countersign/core/contract';

/** The client half of a factor: its name, and by its type everything that the client knows of its steps and actions. */
export interface ClientFactor<C extends FactorContract = FactorContract> {
  readonly type: C['type'];
  /** Never there at run time; carries the contract's type. */
  readonly contract?: C;
}
