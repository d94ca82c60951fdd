import { CountersignError } from '@countersign/core/errors';

/** No request of the protocol comes near it. */
const maximumBytes = 16 * 1024;

/** How deep lists and objects may lie in each other. */
const maximumDepth = 8;

/** Keys that only an attack sends. */
const hostileKeys = new Set(['__proto__', 'constructor', 'prototype']);

/** The next part of a body; `request.malformed` where the client broke off. */
const readPart = (reader: ReadableStreamDefaultReader<Uint8Array>) =>
  reader.read().catch((cause: unknown) => {
    throw new CountersignError('request.malformed', {}, { cause });
  });

const readBytes = async (stream: ReadableStream<Uint8Array>): Promise<Uint8Array> => {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = stream.getReader();
  for (let part = await readPart(reader); !part.done; part = await readPart(reader)) {
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

/** Refuses keys that reach for prototypes, and what is nested deeper than any schema; `path` is where `value` lies. */
const refuseHostile = (value: unknown, path: readonly string[]): void => {
  if (typeof value !== 'object' || value === null) return;
  const refused = (place: readonly string[]) => new CountersignError('guard.invalid_input', { path: place.join('.') });
  if (path.length === maximumDepth) throw refused(path);
  for (const [key, inner] of Object.entries(value)) {
    if (hostileKeys.has(key)) throw refused([...path, key]);
    refuseHostile(inner, [...path, key]);
  }
};

const readable = <Value>(read: () => Value): Value => {
  try {
    return read();
  } catch (error) {
    throw new CountersignError('request.malformed', {}, { cause: error });
  }
};

/** Reads a body of at most 16 KiB as it came; throws `request.too_large` or `request.malformed`. */
export const readText = async ({ headers, body }: Request): Promise<string> => {
  if (Number(headers.get('content-length') ?? 0) > maximumBytes) throw new CountersignError('request.too_large');
  const bytes = body === null ? new Uint8Array() : await readBytes(body);
  return readable(() => new TextDecoder('utf-8', { fatal: true }).decode(bytes));
};

/** Reads a JSON body of at most 16 KiB; throws `request.not_json`, `request.too_large` or `request.malformed`. */
export const readJson = async (request: Request): Promise<unknown> => {
  const [mediaType = ''] = (request.headers.get('content-type') ?? '').split(';', 1);
  if (mediaType.trim().toLowerCase() !== 'application/json') throw new CountersignError('request.not_json');
  const text = await readText(request);
  const value = readable((): unknown => JSON.parse(text));
  refuseHostile(value, []);
  return value;
};
