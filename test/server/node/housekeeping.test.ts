import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, mock, test } from 'node:test';
import { type Connector, SendError } from '@countersign/core/connector';
import { createNodeBackend } from '@countersign/server/node';

const folder = await mkdtemp(join(tmpdir(), 'countersign-housekeeping-'));
after(() => rm(folder, { recursive: true, force: true }));

/** A backend for Node whose timers are turned by hand, with a mail provider that refuses the first message. */
const serving = async (t: { after(run: () => void): void }, dataDir: string) => {
  mock.timers.reset();
  mock.timers.enable({ apis: ['setInterval'] });
  t.after(() => mock.timers.reset());
  let now = Date.UTC(2026, 10, 24);
  const clock = { now: () => now, advance: (milliseconds: number) => void (now += milliseconds) };
  const asked: string[] = [];
  const email: Connector = {
    id: 'email',
    channel: 'email',
    async send({ idempotencyKey }) {
      asked.push(idempotencyKey);
      if (asked.length === 1) throw new SendError('failed', 'no credit');
    },
  };
  const backend = await createNodeBackend({
    dataDir: join(folder, dataDir),
    settings: { appName: 'Acme', factors: ['totp'] },
    connectors: [email],
    origins: ['http://localhost'],
    environment: 'development',
    now: clock.now,
    report: () => {},
  });
  return { backend, clock, asked };
};

test('a server hands over what was left in the outbox, with the same idempotency key', async (t) => {
  const { backend, clock, asked } = await serving(t, 'outbox');
  await backend.flows.begin({
    kind: 'setup',
    userId: 'ada',
    firstFactor: { amr: ['pwd'], at: clock.now() },
    audience: 'http://localhost',
    nonce: 'n',
    identifiers: [{ type: 'email', value: 'ada@example.com', verifiedAt: clock.now() }],
  });
  await backend.users.issuePass('ada', { actor: 'Grace', reason: 'lost' });
  assert.equal(asked.length, 1);
  clock.advance(36_000);
  mock.timers.tick(5000);
  await backend.close();
  assert.equal(asked.length, 2);
  assert.equal(asked[0], asked[1]);
});

test('a server sweeps every hour what is over', async (t) => {
  const days = 100 * 24 * 3600_000;
  const { backend, clock } = await serving(t, 'sweep');
  await backend.accounts.issueToken({ userId: 'ada', firstFactor: { amr: ['pwd'], at: clock.now() } });
  clock.advance(days);
  mock.timers.tick(3600_000);
  await backend.close();
  const again = await serving(t, 'sweep');
  again.clock.advance(days);
  assert.equal(await again.backend.sweep(), 0, 'nothing is left to be swept');
  await again.backend.close();
});
