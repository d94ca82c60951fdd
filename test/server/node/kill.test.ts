import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { bundleCommandLine } from '../../support/command-line.ts';
import { freePort } from '../../support/free-port.ts';
import { startMessageEndpoint } from '../../support/message-endpoint.ts';
import { createMortalServer } from '../../support/mortal-server.ts';
import { mandatory } from '../../support/primary.ts';
import { inspect } from './kill/inspect.ts';
import { checkMember, signIn } from './kill/sign-in.ts';
import { signUp } from './kill/sign-up.ts';
import { chanceFrom, type World } from './kill/world.ts';

const rounds = Number(process.env['KILL_ROUNDS'] ?? 20);
const seed = Number(process.env['KILL_SEED'] ?? 1);
const visitors = 6;

/** Quick, so that the kills meet transitions and not hashing. */
const slowHash = `{
  id: 'quick',
  isForTests: true,
  derive: async (text, salt) =>
    new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array([...salt, ...new TextEncoder().encode(text)]))),
}`;

const folder = mkdtempSync(join(tmpdir(), 'countersign-kill-'));
const data = join(folder, 'data');
const commandLine = await bundleCommandLine();
const endpoint = await startMessageEndpoint();
const port = await freePort();
const config = join(folder, 'config.mjs');
/** All of them have neighbouring numbers and one address. */
const unhurried = { ask: 5000, strangers: 5000, all: 5000 };
const velocity = { perPrefix: unhurried, perBlock: unhurried, perBrowser: unhurried, perCountry: unhurried };
const settings = { appName: 'Acme', ...mandatory, sends: { velocity } };
const { connectors } = endpoint;
writeFileSync(config, `export default { ...${JSON.stringify({ settings, connectors })}, slowHash: ${slowHash} };`);
const args = ['serve', '--config', config, '--data', data, '--port', String(port)];
const server = createMortalServer(commandLine, args, `http://localhost:${port}`);

after(async () => {
  await server.kill();
  endpoint.close();
  commandLine.remove();
  rmSync(folder, { recursive: true, force: true });
});

const world: World = { server, inbox: endpoint.inbox, chance: chanceFrom(seed), members: [], facts: new Map() };

/** At some time, or while a message is handed over: after its code is committed, before that is noted. */
const momentToDie = async ({ chance }: World): Promise<void> => {
  const time = sleep(50 + chance() * 1200);
  if (chance() < 0.5) return time;
  for (let messages = 1 + chance() * 8; messages > 0; messages -= 1) await Promise.race([endpoint.nextMessage(), time]);
};

const killAgainAndAgain = async (): Promise<void> => {
  for (let round = 0; round < rounds; round += 1) {
    await server.start();
    await momentToDie(world);
    await server.kill();
  }
  await server.start();
};

test('what was acknowledged survives a kill -9, whenever it comes, and nothing is half done', async (t) => {
  let isOver = false;
  const comeAndGo = async (): Promise<void> => {
    while (!isOver) {
      const member = await signUp(world);
      for (let visits = 0; visits < 3 && !isOver; visits += 1) await signIn(world, member);
    }
  };
  // Whoever finds something wrong stops the others, too.
  const visit = (): Promise<void> => comeAndGo().finally(() => (isOver = true));
  const killing = killAgainAndAgain().finally(() => (isOver = true));
  await Promise.all([killing, ...Array.from({ length: visitors }, visit)]);

  assert.equal(server.lives, rounds + 1);
  for (const member of world.members) await checkMember(world, member);
  for (const member of world.members) await signIn(world, member);
  await server.kill();
  await inspect(join(data, 'countersign.db'), world);
  const total = [...world.facts.values()].reduce((sum, count) => sum + count, 0);
  t.diagnostic(
    `${total} acknowledged facts checked over ${rounds} kills with ${world.members.length} users (seed ${seed}):`,
  );
  for (const [kind, count] of world.facts) t.diagnostic(`${count} × ${kind}`);
  assert.ok(total > 4 * rounds, `only ${total} facts`);
});
