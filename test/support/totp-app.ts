import assert from 'node:assert/strict';
import { codeAt, stepAt } from '@countersign/factors/totp/server-code';
import type { TestKit, Visitor } from '@countersign/server/testing';

/** The key that the step shows, and the link beside it. */
export const shownKey = ({ flow: { step } }: Visitor): { secret: string; uri: string } => {
  assert.ok(step.name === 'setup-factor' && 'secret' in step && 'uri' in step);
  return { secret: String(step.secret).replaceAll(' ', ''), uri: String(step.uri) };
};

/** What the app shows that many steps from now. */
export const appCode = (kit: TestKit, secret: string, off = 0): string => codeAt(secret, stepAt(kit.clock.now()) + off);

/** Confirms the key that the visitor's step shows, and gives it. */
export const confirmApp = async (kit: TestKit, visitor: Visitor): Promise<string> => {
  const { secret } = shownKey(visitor);
  const { status } = await visitor.act({ type: 'submit-code', code: appCode(kit, secret) });
  assert.equal(status, 200);
  return secret;
};
