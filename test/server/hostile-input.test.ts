import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { createTestKit } from '@countersign/server/testing';
import { everyStep, type Scene } from '../support/every-step.ts';
import { exampleOf, membersOf, naughtyStrings, pathsOf, replaced, shareOf, wrongValues } from '../support/hostile.ts';
import { flowStepsOf, operationsOf } from '../support/operations.ts';
import { type Answered, answered, assertNamed, inherited, told } from '../support/refusals.ts';

/*
 * Every field of every request, in every step, is given what it does not ask for. Whatever it is, the server says no by
 * a problem with a code, or takes it for what it is; it never fails, and what all objects inherit from stays as it was.
 */

const before = inherited();
after(() => assert.deepEqual(inherited(), before, 'what all objects inherit from is as it was'));

test('J5: the lists are as long as was agreed', () => {
  assert.ok(naughtyStrings.length > 400, String(naughtyStrings.length));
  assert.equal(wrongValues.length, 60);
});

type Fields = Record<string, unknown>;

/** What the step accepts, each with every field that the action may have. */
const acceptedAt = async ({ kit, visitor }: Scene): Promise<Fields[]> => {
  const operation = (await operationsOf(kit)).find(({ path }) => path === '/flows/current/actions');
  const examples = membersOf(operation?.body ?? {}).map((schema) => exampleOf(schema) as Fields);
  const { actions } = visitor.flow.step;
  // No browser is trusted here, so that the same action is described once more with a field that no step takes.
  return examples.filter(({ type, trust }) => actions.includes(String(type)) && trust === undefined);
};

/** What every action may have, and the server reads in one place. */
const envelope = ['type', 'id', 'step', 'botCheck'];

/** After these the step is another one, or nothing more is judged. */
const isOver = ({ status }: Answered): boolean => status < 300 || [409, 410, 429].includes(status);

/** Fields that everything was sent as; a step that reads the same field by the same rule gets a share of what is wrong. */
const done = new Set<string>();
let repeated = 0;

const valuesFor = ({ visitor }: Scene, type: unknown, path: readonly string[]): readonly unknown[] => {
  const { step } = visitor.flow;
  const field = path.join('.');
  const rule = envelope.includes(field) ? field : ['factor' in step ? step.factor : '', type, field].join(' ');
  if (done.has(rule)) return shareOf(wrongValues, (repeated += 1));
  done.add(rule);
  return [...wrongValues, ...shareOf(naughtyStrings, done.size)];
};

for (const [name, reach] of Object.entries(everyStep)) {
  test(`J5: at ${name}, no field of an action is taken for what it is not`, async () => {
    let scene = await reach();
    const send = async (action: Fields, path: readonly string[], value: unknown): Promise<void> => {
      const { visitor } = scene;
      const whole = { ...action, id: visitor.newId(), step: visitor.flow.step.id };
      const sent = replaced(whole, path, value) as { type: string };
      const what = `${told(action['type'])} with ${path.join('.')} = ${told(value)}`;
      const answer = answered(await visitor.act(sent), what);
      if (typeof value !== 'string') assertNamed(answer, path.join('.'), what);
      if (isOver(answer) && path[0] !== 'step') scene = await reach();
    };
    for (const action of await acceptedAt(scene)) {
      for (const path of pathsOf(action)) {
        for (const value of valuesFor(scene, action['type'], path)) await send(action, path, value);
      }
    }
  });
}

test('J5: the steps above are all that there are', async () => {
  const kit = await createTestKit();
  const described = (await flowStepsOf(kit)).map((step) => exampleOf(step) as Record<string, string>);
  const all = described.map(({ name, factor, stage }) => [name, factor, stage].filter(Boolean).join(' '));
  assert.deepEqual(
    all.filter((one) => !(one in everyStep)),
    [],
  );
});
