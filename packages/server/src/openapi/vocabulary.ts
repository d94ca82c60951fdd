import type { FactorContract } from '@countersign/core/contract';
import { factorPatch } from '@countersign/core/account';
import { flowKind, amr } from '@countersign/core/flow';
import { beginRequest, claimRequest, redeemRequest } from '@countersign/core/requests';
import * as v from 'valibot';
import { passRequest } from '../account/recovery.ts';
import {
  accountTokenRequest,
  administeredFactor,
  beginFlowRequest,
  importFactorRequest,
  tryMessageRequest,
} from '../admin/requests.ts';
import { eventPage } from '../events/types.ts';
import { settingsSchema } from '../settings/schema.ts';
import { accountExportSchema, accountSchema } from './account-schema.ts';
import { actionSchema, flowSchema, problemSchema, sessionSchema } from './flow-schema.ts';

/*
 * What the operations are described with.
 */

/** Part of a document; plain JSON. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

export const schemasOf = (contracts: readonly FactorContract[]) => ({
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
  BeginFlow: beginFlowRequest,
  AccountToken: accountTokenRequest,
  RecoveryPass: passRequest,
  ImportFactor: importFactorRequest,
  TryMessage: tryMessageRequest,
  HeldFactor: administeredFactor,
  EventPage: eventPage,
  Warning: v.strictObject({ code: v.string(), path: v.string(), message: v.string() }),
});

type SchemaName = keyof ReturnType<typeof schemasOf>;

export const ref = (name: SchemaName): Json => ({ $ref: `#/components/schemas/${name}` });
export const body = (schema: Json, type = 'application/json'): Json => ({ content: { [type]: { schema } } });
export const object = (properties: Record<string, Json>): Json => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
});
export const answer = (description: string, schema: Json): Json => ({ description, ...Object(body(schema)) });
export const takes = (name: SchemaName): Json => ({ required: true, ...Object(body(ref(name))) });

export const problem: Json = { description: 'A refusal', ...Object(body(ref('Problem'), 'application/problem+json')) };
export const flow = object({ flow: ref('Flow') });

export const settingsTold = object({ settings: ref('Settings'), warnings: { type: 'array', items: ref('Warning') } });

/** A sign-in is by cookie in browsers and by bearer token elsewhere; flows have a token of their own. */
export const securitySchemes: Json = {
  flow: { type: 'http', scheme: 'bearer', description: 'The token that `POST /flows` gave.' },
  session: { type: 'http', scheme: 'bearer', description: 'The token of a session that no browser began.' },
  sessionCookie: { type: 'apiKey', in: 'cookie', name: '__Host-countersign-session' },
  administrator: { type: 'http', scheme: 'bearer', description: "An administrator's key." },
};

export const session: Json = [{ session: [] }, { sessionCookie: [] }];
export const administrator: Json = [{ administrator: [] }];

export const text: Json = { type: 'string' };
export const textOrNull: Json = { type: ['string', 'null'] };
export const inPath = (name: string): Json => ({ name, in: 'path', required: true, schema: text });
export const inQuery = (name: string): Json => ({ name, in: 'query', schema: text });
export const nothing: Json = { description: 'Done' };
