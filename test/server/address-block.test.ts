import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressBlock } from '../../packages/server/src/http/address-block.ts';

const rows = [
  ['192.0.2.7', '192.0.2.0/24'],
  ['192.0.2.255', '192.0.2.0/24'],
  ['::ffff:192.0.2.7', '192.0.2.0/24'],
  ['::FFFF:c000:0207', '192.0.2.0/24'],
  ['0:0:0:0:0:ffff:192.0.2.7', '192.0.2.0/24'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['2001:0DB8:0:0:ffff::1', '2001:db8:0:0::/64'],
  ['2001:db8:0:1::1', '2001:db8:0:1::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
] as const;

for (const [address, block] of rows) {
  test(`B8: ${address} is of the block ${block} [GHSA-5847-rm3g-23mw]`, () =>
    assert.equal(addressBlock(address), block));
}
