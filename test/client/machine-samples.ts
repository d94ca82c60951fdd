import type { Event, State } from '@countersign/client';
import type { FactorContract } from '@countersign/core/contract';
import type { Flow } from '@countersign/core/flow';

const list = { available: [], held: [], suggestion: false, skippable: false, notice: null };

type AnyFlow = Flow<FactorContract>;

export const flow = (id: string, name: 'choose-factor' | 'complete'): AnyFlow => ({
  id: 'flw_1',
  kind: 'verify',
  expiresAt: '2026-11-24T10:52:00Z',
  serverTime: '2026-11-24T10:42:00Z',
  step:
    name === 'complete'
      ? { id, name, actions: [], held: [], amr: [], result: { type: 'proof', proof: 'p' } }
      : { id, name, actions: ['choose'], mode: 'verify', ...list },
});
export const view = (id = 'stp_1', name: 'choose-factor' | 'complete' = 'choose-factor') => ({
  flow: flow(id, name),
  at: 0,
});
export const action = { type: 'switch', id: 'id', step: 'stp_1' } as const;
export const problem = (
  code: 'flow.expired' | 'flow.not_found' | 'flow.step_changed' | 'verification_code.code_mismatch' | 'server.internal',
) => ({ type: '', title: '', status: 400, code });

export const states = {
  idle: { name: 'idle' },
  loading: { name: 'loading', serial: 1 },
  ready: { name: 'ready', serial: 1, view: view(), problem: null },
  sending: { name: 'sending', serial: 1, view: view(), action, attempt: 1 },
  offline: { name: 'offline', view: view(), action },
  complete: { name: 'complete', view: view('stp_9', 'complete') },
  expired: { name: 'expired' },
  unsupported: { name: 'unsupported' },
  failed: { name: 'failed', problem: problem('server.internal') },
} as const satisfies { [N in State['name']]: Extract<State, { name: N }> };

export const events = {
  open: { type: 'open', serial: 2 },
  act: { type: 'act', serial: 2, action },
  answered: { type: 'answered', serial: 1, at: 5, flow: flow('stp_2', 'choose-factor'), problem: null },
  dropped: { type: 'dropped', serial: 1 },
  unsupported: { type: 'unsupported', serial: 1 },
  changed: { type: 'changed', serial: 2 },
  retry: { type: 'retry', serial: 2 },
  stop: { type: 'stop' },
} as const satisfies { [T in Event['type']]: Extract<Event, { type: T }> };
