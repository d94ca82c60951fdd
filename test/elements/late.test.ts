import assert from 'node:assert/strict';
import { test } from 'node:test';
import { late } from '@countersign/elements/late';

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('a late view is nothing until it has arrived, and is loaded once', async () => {
  let loads = 0;
  let redraws = 0;
  const view = late(async () => {
    loads += 1;
    return (step: string) => ({ heading: step });
  });
  const context = { redraw: () => void (redraws += 1) };
  assert.equal(view('first', context), null);
  assert.equal(view('first', context), null);
  await settled();
  assert.deepEqual(view('second', context), { heading: 'second' });
  assert.deepEqual([loads, redraws], [1, 2]);
});

test('a late view that cannot be loaded says so, and is tried again when the person wants', async () => {
  let isConnected = false;
  const view = late(async () => {
    if (!isConnected) throw new TypeError('offline');
    return (step: string) => ({ heading: step });
  });
  let redraws = 0;
  const context = { redraw: () => void (redraws += 1) };
  assert.equal(view('step', context), null);
  await settled();
  const content = view('step', context);
  assert.equal(content?.heading, 'No connection');
  isConnected = true;
  const again = content.body?.values.find((value) => typeof value === 'function') as () => void;
  again();
  assert.equal(view('step', context), null);
  await settled();
  assert.deepEqual([view('step', context), redraws], [{ heading: 'step' }, 3]);
});
