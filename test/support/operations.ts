import type { TestKit } from '@countersign/server/testing';

/** Part of a schema, as far as tests look at it. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  format?: string;
  pattern?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
}

/** One method of one path, as the document of the API describes it. */
export interface Operation {
  method: string;
  /** Below the base path, with `{names}` in it. */
  path: string;
  /** What the body must be; null where none is taken. */
  body: Schema | null;
  /** What a caller shows: `flow`, `session`, `administrator`; null where everybody may come. */
  security: string | null;
}

interface Described {
  requestBody?: { content: { 'application/json': { schema: { $ref: string } } } };
  security?: Record<string, unknown>[];
}

interface Document {
  paths: Record<string, Record<string, Described>>;
  components: { schemas: Record<string, Schema> };
}

const documentOf = async (kit: TestKit): Promise<Document> =>
  (await (await kit.browser()(`${kit.base}/openapi.json`)).json()) as Document;

/** Every step that the document of a backend has. */
export const flowStepsOf = async (kit: TestKit): Promise<Schema[]> => {
  const { components } = await documentOf(kit);
  return components.schemas['Flow']?.properties?.['step']?.anyOf ?? [];
};

/** Every operation that the document of a backend has. */
export const operationsOf = async (kit: TestKit): Promise<Operation[]> => {
  const { paths, components } = await documentOf(kit);
  const bodyOf = ({ requestBody }: Described): Schema | null => {
    const name = requestBody?.content['application/json'].schema.$ref.split('/').at(-1) ?? '';
    return components.schemas[name] ?? null;
  };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => ({
      method: method.toUpperCase(),
      path,
      body: bodyOf(described),
      security: Object.keys(described.security?.[0] ?? {})[0] ?? null,
    })),
  );
};

/** What anybody may read from anywhere; it says nothing of anybody. */
export const isPublic = ({ method, security }: Operation): boolean => method === 'GET' && security === null;

/** The URL of an operation with something in the place of its names. */
export const urlOf = ({ base }: TestKit, { path }: Operation, name = 'x'): string =>
  base + path.replaceAll(/\{\w+\}/gu, encodeURIComponent(name));

/** A request without credentials; `body` is sent where the operation takes one. */
export const initOf = ({ method, body }: Operation, sent: unknown = {}): RequestInit => ({
  method,
  headers: { 'content-type': 'application/json' },
  ...(body && { body: JSON.stringify(sent) }),
});
