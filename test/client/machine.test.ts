import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Effect, type Event, isIgnored, type State, transition } from '@countersign/client';
import { events, flow, problem, states } from './machine-samples.ts';

/** What each state does with each event: the state it goes to, and the effects; `-` where it is ignored by name. */
const table: Record<State['name'], Record<Event['type'], string>> = {
  idle: {
    open: 'loading open',
    act: '-',
    answered: '-',
    dropped: '-',
    unsupported: '-',
    changed: '-',
    retry: '-',
    stop: '-',
  },
  loading: {
    open: '-',
    act: '-',
    answered: 'ready',
    dropped: 'offline',
    unsupported: 'unsupported',
    changed: '-',
    retry: '-',
    stop: 'idle abort',
  },
  ready: {
    open: '-',
    act: 'sending send',
    answered: 'ready',
    dropped: '-',
    unsupported: 'unsupported',
    changed: 'ready refresh',
    retry: '-',
    stop: 'idle abort',
  },
  sending: {
    open: '-',
    act: '-',
    answered: 'ready',
    dropped: 'sending send',
    unsupported: 'unsupported',
    changed: '-',
    retry: '-',
    stop: 'idle abort',
  },
  offline: {
    open: '-',
    act: '-',
    answered: '-',
    dropped: '-',
    unsupported: '-',
    changed: 'sending send',
    retry: 'sending send',
    stop: 'idle abort',
  },
  complete: {
    open: 'loading open',
    act: '-',
    answered: '-',
    dropped: '-',
    unsupported: '-',
    changed: '-',
    retry: '-',
    stop: 'idle abort',
  },
  expired: {
    open: 'loading open',
    act: '-',
    answered: '-',
    dropped: '-',
    unsupported: '-',
    changed: '-',
    retry: 'loading open',
    stop: 'idle abort',
  },
  unsupported: {
    open: '-',
    act: '-',
    answered: '-',
    dropped: '-',
    unsupported: '-',
    changed: '-',
    retry: '-',
    stop: 'idle abort',
  },
  failed: {
    open: 'loading open',
    act: '-',
    answered: '-',
    dropped: '-',
    unsupported: '-',
    changed: '-',
    retry: 'loading open',
    stop: 'idle abort',
  },
};

for (const [name, row] of Object.entries(table)) {
  test(`L9: ${name} does with every event what the table says`, () => {
    const state = states[name as State['name']];
    for (const [type, expected] of Object.entries(row)) {
      const [next, ...effects] = transition(state, events[type as Event['type']]);
      const ignored = isIgnored(state.name, type as Event['type']);
      assert.equal(ignored, expected === '-', `${name} and ${type}`);
      if (ignored) assert.equal(next, state);
      else
        assert.equal([next.name, ...effects.map((effect) => effect.type)].join(' '), expected, `${name} and ${type}`);
    }
  });
}

test('L3: the answer to a request that is no longer the latest changes nothing', () => {
  for (const state of [states.loading, states.ready, states.sending]) {
    for (const type of ['answered', 'dropped', 'unsupported'] as const) {
      assert.deepEqual(transition(state, { ...events[type], serial: 99 }), [state]);
    }
  }
});

const refused = { ...events.answered, problem: problem('verification_code.code_mismatch') };
const withoutFlow = { ...events.answered, flow: null, problem: problem('server.internal') };

test('a refusal keeps the person at the step, with the flow that came along', () => {
  const [next] = transition(states.sending, refused);
  assert.ok(next.name === 'ready');
  assert.deepEqual(
    [next.problem?.code, next.view.flow.step.id, next.view.at],
    ['verification_code.code_mismatch', 'stp_2', 5],
  );
});

test('a refusal without a flow keeps the step, and without a step is shown', () => {
  const [kept] = transition(states.sending, withoutFlow);
  assert.ok(kept.name === 'ready' && kept.view.flow.step.id === 'stp_1' && kept.problem?.code === 'server.internal');
  assert.equal(transition(states.loading, withoutFlow)[0].name, 'failed');
});

test('a step that changed elsewhere is shown as it is, without a reproach', () => {
  const [next] = transition(states.sending, { ...refused, problem: problem('flow.step_changed') });
  assert.ok(next.name === 'ready' && next.problem === null);
});

test('reading the flow again keeps the refusal while the step is the same, and drops it with the step', () => {
  const [shown] = transition(states.sending, refused);
  assert.ok(shown.name === 'ready');
  const [same] = transition(shown, events.answered);
  assert.ok(same.name === 'ready' && same.problem !== null);
  const [other] = transition(shown, { ...events.answered, flow: flow('stp_3', 'choose-factor') });
  assert.ok(other.name === 'ready' && other.problem === null);
});

test('a flow that is over is forgotten', () => {
  for (const state of [states.loading, states.ready, states.sending]) {
    for (const code of ['flow.expired', 'flow.not_found'] as const) {
      const [next, effect] = transition(state, { ...withoutFlow, problem: problem(code) });
      assert.deepEqual([next.name, effect?.type], ['expired', 'forget']);
    }
    const [done, forget] = transition(state, { ...events.answered, flow: flow('stp_9', 'complete') });
    assert.deepEqual([done.name, forget?.type], ['complete', 'forget']);
  }
});

test('a dropped action is sent three times with the same id, then the person decides', () => {
  let state: State = states.sending;
  const ids: string[] = [];
  for (let times = 0; times < 2; times += 1) {
    const [next, effect]: [State, ...Effect[]] = [...transition(state, events.dropped)] as [State, ...Effect[]];
    assert.ok(effect?.type === 'send');
    ids.push(effect.action.id);
    state = next;
  }
  [state] = transition(state, events.dropped);
  assert.equal(state.name, 'offline');
  const [again, effect] = transition(state, events.retry);
  assert.ok(again.name === 'sending' && again.serial === 2 && effect?.type === 'send');
  assert.deepEqual([...ids, effect.action.id], ['id', 'id', 'id']);
});
