import { stepUpHeader } from '@countersign/core/step-up-header';
import { answer, inPath, type Json, object, problem, ref, session, takes, text } from './vocabulary.ts';

const stepUp: Json = {
  name: stepUpHeader,
  in: 'header',
  required: true,
  description: 'The token of a finished `verify` flow that was begun for this very change.',
  schema: text,
};

/** A change of the account; the answer is the account after it. */
const change = (summary: string, more: Record<string, Json> = {}): Json => ({
  summary,
  security: session,
  parameters: [inPath('id'), stepUp],
  ...more,
  responses: { 200: answer('The account', object({ account: ref('Account') })), default: problem },
});

/** A user's own account. */
export const accountOperations = {
  '/account': {
    get: {
      summary: "The user's own account",
      security: session,
      responses: { 200: answer('The account', object({ account: ref('Account') })), default: problem },
    },
  },
  '/account/export': {
    get: {
      summary: 'All that is kept about the user',
      security: session,
      parameters: [stepUp],
      responses: { 200: answer('The data', ref('AccountExport')), default: problem },
    },
  },
  '/account/factors/{id}': {
    patch: change('Name a factor, or make it the default', { requestBody: takes('FactorPatch') }),
    delete: change('Remove a factor'),
  },
  '/account/devices/{id}': { delete: change('Trust a browser no longer') },
} as const;
