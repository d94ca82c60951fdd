import type { Store } from '../store.ts';
import { browsers } from './browsers.ts';
import { challenges } from './challenges.ts';
import { change, commit } from './commit.ts';
import { devices } from './devices.ts';
import { events } from './events.ts';
import { factors } from './factors.ts';
import { failures } from './failures.ts';
import { flows } from './flows.ts';
import { keys } from './keys.ts';
import { outbox } from './outbox.ts';
import { passes } from './passes.ts';
import { proofs } from './proofs.ts';
import type { Database } from './schema.ts';
import { sessions } from './sessions.ts';
import { settings } from './settings.ts';
import { sweep } from './sweep.ts';
import { tallies } from './tallies.ts';
import { users } from './users.ts';

/** The store in a database that `migrate` has brought up to date. */
export const sqlStore = (db: Database): Store => ({
  flows: { ...flows(db), commit: (flow, writes) => commit(db, flow, writes) },
  changes: { commit: (writes) => change(db, writes) },
  challenges: challenges(db),
  factors: factors(db),
  users: users(db),
  sessions: sessions(db),
  devices: devices(db),
  passes: passes(db),
  failures: failures(db),
  tallies: tallies(db),
  browsers: browsers(db),
  proofs: proofs(db),
  outbox: outbox(db),
  events: events(db),
  sweep: sweep(db),
  keys: keys(db),
  settings: settings(db),
});
