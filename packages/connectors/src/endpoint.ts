import type { Connector } from '@countersign/core/connector';
import { ConfigurationError, CountersignError } from '@countersign/core/errors';
import * as v from 'valibot';

/** What is no URL at all is said by the check before. */
const urlCheck = (fits: (url: URL) => boolean, message: string) =>
  v.check<string, string>((text) => !URL.canParse(text) || fits(new URL(text)), message);

const isLoopback = (hostname: string): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(hostname);

/** An address that messages and secrets may be sent to: https, or this machine. */
export const endpointUrl = v.pipe(
  v.string('must be a URL'),
  v.url('must be a URL'),
  urlCheck(
    ({ protocol, hostname }) => protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname)),
    'must use https',
  ),
  urlCheck(({ username, password }) => username === '' && password === '', 'must not carry credentials'),
);

/** The address below which the paths of a provider's API lie; it is given on without a slash at its end. */
export const baseUrl = v.pipe(
  endpointUrl,
  urlCheck(({ search, hash }) => search === '' && hash === '', 'must end with its path'),
  v.transform((text) => text.replace(/\/+$/u, '')),
);

/** A token, key or password; what a header could not carry, such as a pasted line break, is refused. */
export const secret = v.pipe(
  v.string('must be a string'),
  v.minLength(1, 'must not be empty'),
  v.regex(/^[!-~]*$/u, 'must be ASCII without spaces'),
);

const sentenceOf = ({ type, expected, message }: v.BaseIssue<unknown>): string => {
  if (type !== 'strict_object') return message;
  return expected === 'never' ? 'is not an option' : 'is missing';
};

/** Reads the options of a connector. Throws {@link ConfigurationError} naming the connector and the dotted path. */
export const readOptions = <Schema extends v.GenericSchema>(
  connector: string,
  schema: Schema,
  options: v.InferInput<Schema>,
): v.InferOutput<Schema> => {
  const result = v.safeParse(schema, options);
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new ConfigurationError(`${connector} connector: ${v.getDotPath(issue) ?? 'options'} ${sentenceOf(issue)}`);
};

/** The value of an `Authorization` header as RFC 7617 has it. */
export const basicAuthorization = (user: string, password: string): string => `Basic ${btoa(`${user}:${password}`)}`;

/** Whole seconds of a `Retry-After` header; 0 where there is none, or a date, which a clock would be needed for. */
export const retryAfterOf = ({ headers }: Response): number => {
  const value = headers.get('retry-after') ?? '';
  return /^\d{1,6}$/u.test(value) ? Number(value) : 0;
};

/** Far more than any provider answers, in bytes. */
const longest = 64 * 1024;

const readText = async ({ body }: Response): Promise<string> => {
  const decoder = new TextDecoder();
  let [text, length] = ['', 0];
  // Breaking off cancels the stream, so that nothing more of it is taken.
  for await (const chunk of body ?? []) {
    length += chunk.length;
    if (length > longest) return '';
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
};

/** The JSON of an answer; undefined when it has none, or goes on for longer than an answer does. */
export const readJson = async (response: Response): Promise<unknown> => {
  try {
    return JSON.parse(await readText(response)) as unknown;
  } catch {
    return undefined;
  }
};

/** Whether two texts are the same, in a time that tells nothing of where they differ. */
export const isSame = async (one: string, other: string): Promise<boolean> => {
  // Nobody can choose what their digests have in common.
  const digests = [one, other].map((text) => crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  const [first, second] = await Promise.all(digests);
  return String(new Uint8Array(first ?? [])) === String(new Uint8Array(second ?? []));
};

const reportsSchema = v.strictObject({
  reports: v.array(v.strictObject({ idempotencyKey: v.string(), delivery: v.picklist(['delivered', 'failed']) })),
});

const parseReports = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch (error) {
    throw new CountersignError('request.malformed', {}, { cause: error });
  }
};

/** Reads reports in the format of our own, from whoever bears the token; what they send must be right. */
export const reportsWith =
  (token: string): NonNullable<Connector['readReports']> =>
  async ({ headers, body }) => {
    if (!(await isSame(headers.get('authorization') ?? '', `Bearer ${token}`))) return null;
    const result = v.safeParse(reportsSchema, parseReports(body));
    if (result.success) return result.output.reports;
    throw new CountersignError('guard.invalid_input', { path: v.getDotPath(result.issues[0]) ?? '' });
  };
