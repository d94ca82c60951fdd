import { CountersignError } from '@countersign/core/errors';
import * as v from 'valibot';

/** Checks what a caller sent; throws `guard.invalid_input` with the path of the first fault. */
export const parseInput = <Schema extends v.GenericSchema>(schema: Schema, value: unknown): v.InferOutput<Schema> => {
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (result.success) return result.output;
  throw new CountersignError('guard.invalid_input', { path: v.getDotPath(result.issues[0]) ?? '' });
};
