import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createKey, createNextKey } from '@countersign/server';
import { randomDigits, secureRandom } from '../../packages/server/src/crypto/random.ts';
import { createVault, equalDigests } from '../../packages/server/src/crypto/vault.ts';

/** The platform's generator, asked for more at once, since a million calls take long. */
const pool = { bytes: new Uint8Array(), used: 0 };
const pooled = (size: number): Uint8Array => {
  if (pool.used + size > pool.bytes.length) Object.assign(pool, { bytes: secureRandom(60_000), used: 0 });
  pool.used += size;
  return pool.bytes.subarray(pool.used - size, pool.used);
};

const tally = (counts: Uint32Array, index: number): void => {
  counts[index] = (counts[index] ?? 0) + 1;
};

test('A1: a million codes are uniform in every place, leading zeros kept', () => {
  const length = 6;
  const draws = 1_000_000;
  const counts = Array.from({ length }, () => new Uint32Array(10));
  const buckets = new Uint32Array(1000);
  for (let i = 0; i < draws; i += 1) {
    const code = randomDigits(pooled, length);
    for (const [place, count] of counts.entries()) tally(count, Number(code[place]));
    tally(buckets, Number(code.slice(0, 3)));
  }
  const chiSquare = (observed: Uint32Array): number => {
    const expected = draws / observed.length;
    return observed.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  };
  // 99.9999th percentiles of chi-square with 9 and 999 degrees of freedom: a sound generator fails once in 10^5 runs.
  for (const place of counts) assert.ok(chiSquare(place) < 46, `a place deviates: ${place.join(' ')}`);
  assert.ok(chiSquare(buckets) < 1230);
});

test('A1: without randomness there is no code', () => {
  const broken = (): never => {
    throw new Error('no entropy');
  };
  assert.throws(() => randomDigits(broken, 6), /no entropy/u);
});

test('what is sealed opens only under the same key and in the same place', async () => {
  const vault = await createVault([await createKey()], secureRandom);
  const sealed = await vault.seal('+31612345678', ['factor', 'ada', 'fac_1']);
  assert.equal(sealed.includes('612345'), false);
  assert.notEqual(sealed, await vault.seal('+31612345678', ['factor', 'ada', 'fac_1']));
  assert.equal(await vault.open(sealed, ['factor', 'ada', 'fac_1']), '+31612345678');
  await assert.rejects(vault.open(sealed, ['factor', 'eve', 'fac_1']));
  await assert.rejects(vault.open(`${sealed.slice(0, -2)}AA`, ['factor', 'ada', 'fac_1']));
  const other = await createVault([await createKey()], secureRandom);
  await assert.rejects(other.open(sealed, ['factor', 'ada', 'fac_1']));
});

test('O4: a key that was added reads, the first one makes, and what an absent one made is refused by its name', async () => {
  const old = await createKey();
  const next = await createNextKey(old);
  const [before, between, after] = await Promise.all(
    ([[old], [next, old], [next]] as const).map((ring) => createVault(ring, secureRandom)),
  );
  assert.ok(before && between && after);
  const sealed = await before.seal('+31612345678', ['here']);
  assert.equal(await between.open(sealed, ['here']), '+31612345678');
  await assert.rejects(after.open(sealed, ['here']), {
    message: new RegExp(`^keys: there is none with the id "${old.id}"`, 'u'),
  });
  assert.equal(await after.open(await between.seal('x', ['here']), ['here']), 'x');
  assert.equal(await between.hashCode(['123456'], old.id), await before.hashCode(['123456']));
  assert.deepEqual(await between.tokens(['t']), [await after.token(['t']), await before.token(['t'])]);
  for (const use of ['index', 'pepper'] as const) assert.equal(await before[use](['x']), await after[use](['x']));
});

test('A3: hashes differ by key, by use and by how the parts are split', async () => {
  const key = await createKey();
  const vault = await createVault([key], secureRandom);
  const other = await createVault([await createKey()], secureRandom);
  const same = await createVault([key], secureRandom);
  assert.equal(await vault.hashCode(['a', '123456']), await same.hashCode(['a', '123456']));
  const hashes = [
    await vault.hashCode(['a', '123456']),
    await vault.index(['a', '123456']),
    await other.hashCode(['a', '123456']),
    await vault.hashCode(['a1', '23456']),
    await vault.hashCode(['a123456']),
  ];
  assert.equal(new Set(hashes).size, hashes.length);
});

test('digests compare equal only when they are', () => {
  assert.equal(equalDigests('abc', 'abc'), true);
  for (const other of ['abd', 'bbc', 'ab', 'abcd', '']) assert.equal(equalDigests('abc', other), false);
});
