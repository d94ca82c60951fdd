import { type CountersignError, errorKinds } from '@countersign/core/errors';
import type { Flow, Problem } from '@countersign/core/flow';

/** Readable by developers; people read the locale's sentence for the code. */
const titleOf = (code: string): string => code.replace(/[._]/gu, ' ');

/** A refusal as RFC 9457 problem details, with the flow where the request named one. */
export const problemResponse = ({ code, details }: CountersignError, flow?: Flow): Response => {
  const { status } = errorKinds[code];
  const problem: Problem = {
    type: `urn:countersign:error:${code}`,
    title: titleOf(code),
    status,
    code,
    ...details,
    ...(flow && { flow }),
  };
  const headers = new Headers({ 'content-type': 'application/problem+json' });
  if (details.retryAfter !== undefined) headers.set('retry-after', String(details.retryAfter));
  return new Response(JSON.stringify(problem), { status, headers });
};
