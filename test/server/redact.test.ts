import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestKit } from '@countersign/server/testing';

/** What an operator reads of an error that a hook throws. */
const reported = async (message: string): Promise<string> => {
  const reports: unknown[] = [];
  const kit = await createTestKit({
    report: (error) => reports.push(error),
    onEvent: () => {
      throw new Error(message);
    },
  });
  await kit.begin();
  await new Promise(setImmediate);
  const [error] = reports;
  assert.ok(error instanceof Error);
  return error.message;
};

test('M1: a report says nothing in full, however it is written', async () => {
  const cases = [
    ['to +31 6 1234 5678', 'to ••••'],
    ['to (020) 123-4567.', 'to (••••.'],
    ['code 1234567890', 'code ••••'],
    ['code 123456', 'code ••••'],
    ['said 1, 2, 3, 4, 5, 6.', 'said ••••.'],
    ['to ada.lovelace@mail.example.com', 'to ••••@mail.example.com'],
    ['wrong: 7K3M-9PQR-T2VW-X4YZ', 'wrong: ••••'],
    ['pass 7K3M-9PQR-T2VW-X4YZ', '••••'],
    ['key JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', 'key ••••'],
    [`Bearer ${'aB-_'.repeat(11)}`, 'Bearer ••••'],
    [`proof ${'eyJh'.repeat(9)}.${'eyJz'.repeat(9)}.c2ln`, 'proof ••••'],
  ] as const;
  for (const [message, told] of cases) assert.equal(await reported(message), told);
});

const longCode = 'session.verification_blocked_too_many_attempts';

test('M1: what an operator acts on stays', async () => {
  for (const message of [
    'Twilio answered 21211',
    'status 503 after 6000 ms',
    'flow flw_8Zk of usr_7Tn',
    longCode,
    '',
  ]) {
    assert.equal(await reported(message), message);
  }
});
