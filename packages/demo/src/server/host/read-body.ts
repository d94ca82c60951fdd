import type { HonoRequest } from 'hono';
import * as v from 'valibot';

/** More than any request of the page needs. */
const maximumLength = 8192;

/** The JSON body of a request when it is what the schema says; null when it is anything else. */
export const readBody = async <Schema extends v.GenericSchema>(
  request: HonoRequest,
  schema: Schema,
): Promise<v.InferOutput<Schema> | null> => {
  const isJson = request.header('content-type')?.split(';', 1)[0] === 'application/json';
  const isSmall = Number(request.header('content-length') ?? Number.NaN) <= maximumLength;
  if (!isJson || !isSmall) return null;
  const result = v.safeParse(schema, await request.json<unknown>().catch(() => null));
  return result.success ? result.output : null;
};
