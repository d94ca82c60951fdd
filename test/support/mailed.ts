import assert from 'node:assert/strict';
import type { Reply, TestKit, Visitor } from '@countersign/server/testing';

/** What is held at the end of a flow. */
export const held = ({ flow: { step } }: Visitor): string[][] => {
  assert.ok(step.name === 'complete');
  return step.held.map(({ type, target }) => [type, target]);
};

/** Every message that was sent: its channel, where it went and what for. */
export const usages = ({ inbox }: TestKit): string[][] =>
  inbox.messages.map(({ channel, to, usage }) => [channel, to, usage]);

export const submit = (visitor: Visitor, code: string): Promise<Reply> => visitor.act({ type: 'submit-code', code });
