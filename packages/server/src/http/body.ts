import { CountersignError } from '@countersign/core/errors';

/** No request of the protocol comes near it. */
const maximumBytes = 16 * 1024;

/** Keys that only an attack sends. */
const hostileKeys = new Set(['__proto__', 'constructor', 'prototype']);

const readBytes = async (stream: ReadableStream<Uint8Array>): Promise<Uint8Array> => {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = stream.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    size += part.value.length;
    if (size > maximumBytes) {
      await reader.cancel();
      throw new CountersignError('request.too_large');
    }
    chunks.push(part.value);
  }
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
};

const refuseHostile = (key: string, value: unknown): unknown => {
  if (hostileKeys.has(key)) throw new CountersignError('guard.invalid_input', { path: key });
  return value;
};

/** Reads a JSON body of at most 16 KiB; throws `request.not_json`, `request.too_large` or `request.malformed`. */
export const readJson = async (request: Request): Promise<unknown> => {
  const [mediaType = ''] = (request.headers.get('content-type') ?? '').split(';', 1);
  if (mediaType.trim().toLowerCase() !== 'application/json') throw new CountersignError('request.not_json');
  if (Number(request.headers.get('content-length') ?? 0) > maximumBytes)
    throw new CountersignError('request.too_large');
  const bytes = request.body === null ? new Uint8Array() : await readBytes(request.body);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes), refuseHostile);
  } catch (error) {
    if (error instanceof CountersignError) throw error;
    throw new CountersignError('request.malformed', {}, { cause: error });
  }
};
