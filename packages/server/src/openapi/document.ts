import type { FactorContract } from '@countersign/core/contract';
import { beginRequest, claimRequest, redeemRequest, flowKind, amr } from '@countersign/core/flow';
import { toJsonSchema } from '@valibot/to-json-schema';
import * as v from 'valibot';
import { administeredFactor, beginFlowRequest, importFactorRequest } from '../admin/requests.ts';
import { settingsSchema } from '../settings/schema.ts';
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
  Settings: settingsSchema,
  BeginFlow: beginFlowRequest,
  ImportFactor: importFactorRequest,
  HeldFactor: administeredFactor,
  Warning: v.strictObject({ code: v.string(), path: v.string(), message: v.string() }),
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

const settingsTold = object({ settings: ref('Settings'), warnings: { type: 'array', items: ref('Warning') } });

/** A sign-in is by cookie in browsers and by bearer token elsewhere; flows have a token of their own. */
const securitySchemes: Json = {
  flow: { type: 'http', scheme: 'bearer', description: 'The token that `POST /flows` gave.' },
  session: { type: 'http', scheme: 'bearer', description: 'The token of a session that no browser began.' },
  sessionCookie: { type: 'apiKey', in: 'cookie', name: '__Host-countersign-session' },
  administrator: { type: 'http', scheme: 'bearer', description: "An administrator's key." },
};

const session: Json = [{ session: [] }, { sessionCookie: [] }];
const administrator: Json = [{ administrator: [] }];

const text: Json = { type: 'string' };
const inPath = (name: string): Json => ({ name, in: 'path', required: true, schema: text });
const nothing: Json = { description: 'Done' };

/** What an administrator does about a user. */
const administered = (summary: string, ok: Json, more: Record<string, Json> = {}): Json => ({
  summary,
  security: administrator,
  responses: { ...Object(ok), default: problem },
  ...more,
});

const administration = {
  '/admin/flows': {
    post: administered(
      'Begin a flow for a user of a host; needs the scope `flows`',
      { 201: answer('The flow, for a browser to claim', object({ flowId: text, token: text, expiresAt: text })) },
      { requestBody: takes('BeginFlow') },
    ),
  },
  '/admin/users/{id}/factors': {
    get: administered(
      'What a user holds; needs the scope `users:read`',
      { 200: answer('Oldest first', object({ factors: { type: 'array', items: ref('HeldFactor') } })) },
      { parameters: [inPath('id')] },
    ),
    post: administered(
      'Import a factor that was proved elsewhere; needs the scope `users:write`',
      { 201: answer('The factor', object({ id: text })) },
      { parameters: [inPath('id')], requestBody: takes('ImportFactor') },
    ),
  },
  '/admin/users/{id}/factors/{factorId}': {
    delete: administered(
      'Take a factor from a user; needs the scope `users:write`',
      { 204: nothing },
      { parameters: [inPath('id'), inPath('factorId')] },
    ),
  },
  '/admin/users/{id}/unlock': {
    post: administered(
      'Forget failures at factors; needs the scope `users:write`',
      { 204: nothing },
      { parameters: [inPath('id')] },
    ),
  },
  '/admin/users/{id}/skips': {
    delete: administered(
      'Ask again what was declined; needs the scope `users:write`',
      { 204: nothing },
      { parameters: [inPath('id')] },
    ),
  },
} as const;

const operations = {
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
