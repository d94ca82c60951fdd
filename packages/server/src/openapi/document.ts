import type { FactorContract } from '@countersign/core/contract';
import { factorPatch } from '@countersign/core/account';
import { flowKind, amr } from '@countersign/core/flow';
import { beginRequest, claimRequest, redeemRequest } from '@countersign/core/requests';
import { stepUpHeader } from '@countersign/core/step-up-header';
import { toJsonSchema } from '@valibot/to-json-schema';
import * as v from 'valibot';
import { settingsSchema } from '../settings/schema.ts';
import { accountExportSchema, accountSchema } from './account-schema.ts';
import { actionSchema, flowSchema, problemSchema, sessionSchema } from './flow-schema.ts';

/** Part of a document; plain JSON. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

const schemasOf = (contracts: readonly FactorContract[]) => ({
  Flow: flowSchema(contracts),
  Action: actionSchema(contracts),
  Problem: problemSchema(contracts),
  Begin: v.union([beginRequest, claimRequest]),
  Session: sessionSchema,
  Redeem: redeemRequest,
  Redeemed: v.strictObject({
    sub: v.string(),
    kind: flowKind,
    amr: v.array(amr),
    factors: v.array(v.string()),
    mfa: v.boolean(),
    authTime: v.number(),
  }),
  Account: accountSchema,
  AccountExport: accountExportSchema,
  FactorPatch: factorPatch,
  Settings: settingsSchema,
});

type SchemaName = keyof ReturnType<typeof schemasOf>;

const ref = (name: SchemaName): Json => ({ $ref: `#/components/schemas/${name}` });
const body = (schema: Json, type = 'application/json'): Json => ({ content: { [type]: { schema } } });
const object = (properties: Record<string, Json>): Json => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
});
const answer = (description: string, schema: Json): Json => ({ description, ...Object(body(schema)) });
const takes = (name: SchemaName): Json => ({ required: true, ...Object(body(ref(name))) });

const problem: Json = { description: 'A refusal', ...Object(body(ref('Problem'), 'application/problem+json')) };
const flow = object({ flow: ref('Flow') });

/** A sign-in is by cookie in browsers and by bearer token elsewhere; flows have a token of their own. */
const securitySchemes: Json = {
  flow: { type: 'http', scheme: 'bearer', description: 'The token that `POST /flows` gave.' },
  session: { type: 'http', scheme: 'bearer', description: 'The token of a session that no browser began.' },
  sessionCookie: { type: 'apiKey', in: 'cookie', name: '__Host-countersign-session' },
  administrator: { type: 'http', scheme: 'bearer', description: "An administrator's key." },
};

const session: Json = [{ session: [] }, { sessionCookie: [] }];
const administrator: Json = [{ administrator: [] }];

const stepUp: Json = {
  name: stepUpHeader,
  in: 'header',
  required: true,
  description: 'The token of a finished `verify` flow that was begun for this very change.',
  schema: { type: 'string' },
};
const idInPath: Json = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };

/** A change of the account; the answer is the account after it. */
const change = (summary: string, more: Record<string, Json> = {}): Json => ({
  summary,
  security: session,
  parameters: [idInPath, stepUp],
  ...more,
  responses: { 200: answer('The account', object({ account: ref('Account') })), default: problem },
});

const accountOperations = {
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
  '/admin/settings': {
    get: {
      summary: 'Read the settings',
      security: administrator,
      responses: { 200: answer('The settings', object({ settings: ref('Settings') })), default: problem },
    },
    put: {
      summary: 'Replace the settings',
      security: administrator,
      requestBody: takes('Settings'),
      responses: { 200: answer('The settings', object({ settings: ref('Settings') })), default: problem },
    },
  },
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
