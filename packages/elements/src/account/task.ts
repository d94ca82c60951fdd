import type { AccountFactor, AccountOverview } from '@countersign/core/account';
import type { FlowResult } from '@countersign/core/flow';
import type { Purpose } from '@countersign/client';

/** Where on the page a task is shown: at a factor or a browser by its id, or at one of the places below the lists. */
export type Place = string;

/** What the person is in the middle of. */
export type Task =
  | { name: 'rename'; place: Place; factor: AccountFactor }
  | { name: 'remove'; place: Place; factor: AccountFactor; account: AccountOverview }
  /** A flow that the change needs first; `done` makes the change with what the flow gave. */
  | {
      name: 'flow';
      place: Place;
      /** What is being done, for who does not see where it is. */
      label: string;
      kind: 'setup' | 'verify';
      purpose: Purpose;
      done: (result: FlowResult) => Promise<void>;
    };
