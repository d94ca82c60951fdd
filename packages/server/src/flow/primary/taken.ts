import { CountersignError } from '@countersign/core/errors';
import type { Draft } from '../draft.ts';
import { enterStep } from '../enter.ts';
import { identifierOf } from './identifier-of.ts';

/** Tells the proved owner of an address that it names a user already, and begins the sign-up anew. */
export const refuseTaken = (draft: Draft): void => {
  const { type } = identifierOf(draft);
  const code = type === 'email' ? 'user.email_already_in_use' : 'user.phone_already_in_use';
  enterStep(draft, { name: 'identify', notice: code });
  draft.flow.identifier = null;
  draft.refusal = new CountersignError(code, { path: 'identifier.value' });
};
