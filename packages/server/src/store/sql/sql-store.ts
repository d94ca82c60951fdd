import type { Store } from '../store.ts';
import { challenges } from './challenges.ts';
import { commit, commitWrites } from './commit.ts';
import { factors } from './factors.ts';
import { failures } from './failures.ts';
import { flows } from './flows.ts';
import { proofs } from './proofs.ts';
import type { Database } from './schema.ts';
import { sessions } from './sessions.ts';
import { settings } from './settings.ts';
import { users } from './users.ts';

/** The store in a database that `migrate` has brought up to date. */
export const sqlStore = (db: Database): Store => ({
  flows: { ...flows(db), commit: (flow, writes) => commit(db, flow, writes) },
  changes: { commit: (writes) => commitWrites(db, writes) },
  challenges: challenges(db),
  factors: factors(db),
  users: users(db),
  sessions: sessions(db),
  failures: failures(db),
  proofs: proofs(db),
  settings: settings(db),
});
