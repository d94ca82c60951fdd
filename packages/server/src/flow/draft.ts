import type { Channel } from '@countersign/core/code-stage';
import type { Usage } from '@countersign/core/connector';
import type { Parts } from '../parts.ts';
import type { Settings } from '../settings/schema.ts';
import type { FactorRow, FlowRow } from '../store/rows.ts';
import type { Write } from '../store/store.ts';

/** A message to be sent once the commit that made its code is done. */
export interface Outgoing {
  challengeId: string;
  generation: number;
  channel: Channel;
  to: string;
  code: string;
  usage: Usage;
}

/** One attempt at a transition: what the flow becomes, and all that changes with it. Nothing counts until committed. */
export interface Draft {
  parts: Parts;
  /** The settings that the whole attempt is judged by. */
  settings: Settings;
  flow: FlowRow;
  writes: Write[];
  outgoing: Outgoing[];
  /** Bound in this draft, so not in the store yet. */
  added: FactorRow[];
  /** Whether the position was entered in this draft, rather than kept. */
  entered: boolean;
  /** The action's id, under which tries are counted; empty for transitions that no action made. */
  action: string;
}

/** Begins an attempt at a transition from where the flow stands. */
export const draftOf = async (parts: Parts, flow: FlowRow, action = ''): Promise<Draft> => ({
  parts,
  settings: await parts.settings(),
  flow: { ...flow },
  writes: [],
  outgoing: [],
  added: [],
  entered: false,
  action,
});
