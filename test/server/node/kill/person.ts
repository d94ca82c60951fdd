import assert from 'node:assert/strict';
import type { Flow, OwnKind } from '@countersign/core/flow';
import type { Reply, Visitor } from '@countersign/server/testing';
import { visitorAt } from '../../../support/over-http.ts';
import { holds, insist, type World } from './world.ts';

type Step = Flow['step'];

/** What an action led to; `doubted` when the server died before it answered, so that the action was sent again. */
export interface Outcome {
  reply: Reply;
  step: Step;
  doubted: boolean;
}

/** Somebody who goes through a flow, whatever becomes of the server. */
export interface Person {
  readonly step: Step;
  begin(kind: OwnKind): Promise<void>;
  /** Does what the client does: sends an action that got no answer again, with the same id. */
  act(action: { type: string; [field: string]: unknown }, status?: number): Promise<Outcome>;
}

/** `shared`: others change what the step shows, so that only where the flow stands can be compared. */
export const createPerson = (world: World, { shared = false } = {}): Person => {
  const { server } = world;
  const visitor: Visitor = visitorAt(server.url);
  let acknowledged: { step: Step; life: number } | null = null;

  const acknowledge = (): void => {
    acknowledged = { step: visitor.flow.step, life: server.lives };
  };

  /** After a restart the flow is found where it was left; or further, where the answer to an action was lost. */
  const checkFlow = async (doubted: boolean): Promise<void> => {
    if (acknowledged === null || acknowledged.life === server.lives) return;
    const { step } = acknowledged;
    const reply = await visitor.look();
    assert.equal(reply.status, 200, `a flow that stood at ${step.name} is lost: ${JSON.stringify(reply.body)}`);
    const hasMoved = reply.flow.step.id !== step.id;
    assert.ok(doubted || !hasMoved, `a flow moved by itself from ${step.name} to ${reply.flow.step.name}`);
    if (!doubted && !shared) assert.deepEqual(reply.flow.step, step);
    holds(world, 'flow where it was');
  };

  return {
    get step() {
      return visitor.flow.step;
    },
    async begin(kind) {
      const { result } = await insist(world, () => visitor.begin(kind));
      assert.equal(result.status, 201, JSON.stringify(result.body));
      acknowledge();
    },
    async act(action, status = 200) {
      const sent = { id: visitor.newId(), step: visitor.flow.step.id, ...action };
      const { result, doubted } = await insist(world, async (again) => {
        await checkFlow(again);
        return visitor.act(sent);
      });
      assert.equal(result.status, status, `${JSON.stringify(action)}: ${JSON.stringify(result.body)}`);
      acknowledge();
      return { reply: result, step: visitor.flow.step, doubted };
    },
  };
};
