import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listen } from '@countersign/server/node';
import { addressBlock } from '../../../packages/server/src/http/address-block.ts';

const here = { port: 0, host: '127.0.0.1' };

/** Headers in which a client may claim to be anybody. */
const claims = ['x-forwarded-for', 'x-real-ip', 'forwarded', 'cf-connecting-ip', 'true-client-ip', 'x-client-ip'];

/** Another address each time, in all the forms that there are. */
const claimed = (i: number): string =>
  [
    `10.${i >> 8}.${i & 255}.1`,
    `::ffff:10.${i >> 8}.${i & 255}.1`,
    `2001:db8:${i.toString(16)}::1`,
    `for=10.0.${i & 255}.1`,
    `10.1.${i & 255}.1, 10.2.${i & 255}.1`,
  ][i % 5] ?? '';

/** The blocks that a thousand requests are taken to come from. */
const blocksOf = async (proxies: number, headersOf: (i: number) => Record<string, string>): Promise<Set<string>> => {
  const seen = new Set<string>();
  const { url, close } = await listen(
    async (_request, { address }) => {
      seen.add(addressBlock(address));
      return new Response();
    },
    { ...here, proxies },
  );
  for (let i = 0; i < 1000; i += 1) await fetch(url, { headers: headersOf(i) });
  await close();
  return seen;
};

test('B8: a thousand requests that claim to be anybody come from one block: that of the connection [CVE-2026-108162, CVE-2025-69615]', async () => {
  const seen = await blocksOf(0, (i) => Object.fromEntries(claims.map((name) => [name, claimed(i)])));
  assert.deepEqual([...seen], ['127.0.0.0/24']);
});

test('B8: behind one proxy only what that proxy wrote counts, which is the last [CVE-2026-111934]', async () => {
  const seen = await blocksOf(1, (i) => ({
    ...Object.fromEntries(claims.map((name) => [name, claimed(i)])),
    'x-forwarded-for': `${claimed(i)}, 2001:db8:1:2:${i.toString(16)}::7`,
  }));
  assert.deepEqual([...seen], ['2001:db8:1:2::/64']);
});

test('B8: who comes by fewer proxies than there are is known by the connection, whatever they write', async () => {
  const seen = await blocksOf(2, (i) => ({ 'x-forwarded-for': `10.${i >> 8}.${i & 255}.1` }));
  assert.deepEqual([...seen], ['127.0.0.0/24']);
});
