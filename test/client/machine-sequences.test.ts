import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Effect, type Event, type State, transition } from '@countersign/client';
import fc from 'fast-check';
import { action, flow, problem } from './machine-samples.ts';

test('L9: 100,000 random sequences of events never reach an illegal state', () => {
  const serial = fc.integer({ min: 1, max: 4 });
  const anyEvent: fc.Arbitrary<Event> = fc.oneof(
    fc.record({ type: fc.constantFrom('open', 'changed', 'retry', 'dropped', 'unsupported'), serial }),
    fc.record({ type: fc.constant('act' as const), serial, action: fc.constant(action) }),
    fc.record({
      type: fc.constant('answered' as const),
      serial,
      at: fc.constant(0),
      flow: fc.constantFrom(flow('stp_1', 'choose-factor'), flow('stp_2', 'choose-factor'), flow('stp_9', 'complete')),
      problem: fc.constantFrom(null, problem('verification_code.code_mismatch'), problem('flow.step_changed')),
    }),
    fc.record({
      type: fc.constant('answered' as const),
      serial,
      at: fc.constant(0),
      flow: fc.constant(null),
      problem: fc.constantFrom(problem('flow.expired'), problem('server.internal')),
    }),
    fc.constant({ type: 'stop' as const }),
  );
  const check = (state: State, effects: readonly Effect[]): void => {
    assert.ok(effects.filter(({ type }) => type !== 'forget').length <= 1, 'one request at a time');
    const requests = effects.some(({ type }) => type === 'open' || type === 'send');
    if (requests) assert.ok(state.name === 'loading' || state.name === 'sending', 'a request is waited for');
    if ('view' in state && state.view) {
      const done = state.view.flow.step.name === 'complete';
      assert.equal(done, state.name === 'complete', 'complete is the only state that shows a finished flow');
    }
    if (state.name === 'sending') assert.ok(state.attempt >= 1 && state.attempt <= 3);
    if (effects.some(({ type }) => type === 'forget')) assert.ok(state.name === 'expired' || state.name === 'complete');
  };
  fc.assert(
    fc.property(fc.array(anyEvent, { minLength: 1, maxLength: 30 }), (sequence) => {
      let state: State = { name: 'idle' };
      for (const event of sequence) {
        const [next, ...effects] = transition(state, event);
        check(next, effects);
        state = next;
      }
    }),
    { numRuns: 100_000 },
  );
});
