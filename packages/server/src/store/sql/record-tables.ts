import type { EventType } from '../../events/types.ts';

/** What happened. */
export interface EventsTable {
  id: string;
  at: number;
  type: EventType;
  user_id: string | null;
  flow_id: string | null;
  actor: string;
  factor: string | null;
  target: string | null;
  reason: string | null;
  request_id: string | null;
}

/** Messages on their way out. */
export interface OutboxTable {
  id: string;
  created_at: number;
  payload_sealed: string;
  key_id: string;
  leased_until: number;
  attempts: number;
}
