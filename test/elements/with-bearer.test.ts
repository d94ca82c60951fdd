import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withBearer } from '@countersign/elements/account/with-bearer';

test('a token goes with requests that carry none, and leaves the others alone', async () => {
  const seen: (string | null)[] = [];
  const spy: typeof fetch = async (input, init) => {
    seen.push(new Request(input, init).headers.get('authorization'));
    return new Response();
  };
  const fetcher = withBearer(spy, 'session');
  await fetcher('http://localhost/api/v1/flows', { method: 'POST', body: '{}' });
  await fetcher(new Request('http://localhost/api/v1/flows/current', { headers: { authorization: 'Bearer flow' } }));
  assert.deepEqual(seen, ['Bearer session', 'Bearer flow']);
});
