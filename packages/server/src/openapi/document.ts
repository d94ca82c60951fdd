import type { FactorContract } from '@countersign/core/contract';
import { toJsonSchema } from '@valibot/to-json-schema';
import type * as v from 'valibot';
import { accountOperations } from './account-operations.ts';
import { administration } from './administration.ts';
import {
  administrator,
  answer,
  flow,
  inPath,
  nothing,
  object,
  problem,
  ref,
  schemasOf,
  securitySchemes,
  session,
  settingsTold,
  takes,
} from './vocabulary.ts';

const operations = {
  ...accountOperations,
  '/flows': {
    post: {
      summary: 'Begin a flow, or claim one that a host began',
      requestBody: takes('Begin'),
      responses: {
        201: answer('The flow', object({ flow: ref('Flow'), token: { type: 'string' } })),
        default: problem,
      },
    },
  },
  '/flows/current': {
    get: {
      summary: 'Read the flow; sends nothing, counts nothing, prolongs nothing',
      security: [{ flow: [] }],
      responses: { 200: answer('The flow', flow), default: problem },
    },
  },
  '/flows/current/actions': {
    post: {
      summary: 'Advance the flow by an action that its step accepts',
      security: [{ flow: [] }],
      requestBody: takes('Action'),
      responses: { 200: answer('The flow as it is now', flow), default: problem },
    },
  },
  '/session': {
    get: {
      summary: 'Who is signed in',
      security: session,
      responses: { 200: answer('The session', object({ session: ref('Session') })), default: problem },
    },
    delete: { summary: 'Sign out', security: session, responses: { 204: { description: 'Nobody' }, default: problem } },
  },
  '/proofs/redeem': {
    post: {
      summary: 'Redeem a proof, once',
      requestBody: takes('Redeem'),
      responses: { 200: answer('What it proves', ref('Redeemed')), default: problem },
    },
  },
  '/.well-known/jwks.json': {
    get: {
      summary: 'The keys that proofs are signed with (RFC 7517)',
      responses: { 200: answer('A key set', object({ keys: { type: 'array', items: { type: 'object' } } })) },
    },
  },
  '/connectors/{id}/reports': {
    post: {
      summary: 'For a provider to tell what became of messages; in its own format, and signed as its connector checks',
      parameters: [inPath('id')],
      responses: { 204: nothing, default: problem },
    },
  },
  '/admin/settings': {
    get: {
      summary: 'Read the settings',
      security: administrator,
      responses: { 200: answer('The settings', settingsTold), default: problem },
    },
    put: {
      summary: 'Replace the settings',
      security: administrator,
      requestBody: takes('Settings'),
      responses: { 200: answer('The settings', settingsTold), default: problem },
    },
  },
  ...administration,
  '/openapi.json': { get: { summary: 'This document', responses: { 200: answer('OpenAPI 3.1', { type: 'object' }) } } },
} as const;

/** Checks that have no counterpart in JSON Schema are told by the server's answer and not by the document. */
const toSchema = (schema: v.GenericSchema): object => {
  const { $schema: _dialect, ...plain } = toJsonSchema(schema, {
    target: 'draft-2020-12',
    typeMode: 'input',
    errorMode: 'ignore',
  });
  return plain;
};

/** The API as an OpenAPI 3.1 document, made of the schemas that requests are checked with. */
export const openApiDocument = (contracts: readonly FactorContract[], basePath: string): object => ({
  openapi: '3.1.0',
  info: { title: 'Countersign', version: '1', license: { name: 'MIT', identifier: 'MIT' } },
  servers: [{ url: basePath }],
  paths: operations,
  components: {
    schemas: Object.fromEntries(Object.entries(schemasOf(contracts)).map(([name, schema]) => [name, toSchema(schema)])),
    securitySchemes,
  },
});
