import type { Hono } from 'hono';
import { openApiDocument } from '../../openapi/document.ts';
import type { Environment } from '../app.ts';

/** The description of the API, with the factors that this backend was given; made when it is first asked for. */
export const openApiRoutes = (app: Hono<Environment>, basePath: string): void => {
  let document: object | null = null;
  app.get('/openapi.json', ({ env: { parts } }) => {
    const contracts = [...parts.factors.values()].map(({ contract }) => contract);
    document ??= openApiDocument(contracts, basePath);
    return Response.json(document);
  });
};
