import type { Store } from '../../../packages/server/src/store/store.ts';
import { accountSuite } from './suite/account.ts';
import { allOrNothingSuite } from './suite/all-or-nothing.ts';
import { challengeSuite } from './suite/challenges.ts';
import { factorSuite } from './suite/factors.ts';
import { flowSuite } from './suite/flows.ts';
import { keySuite } from './suite/keys.ts';
import { outboxSuite } from './suite/outbox.ts';
import { raceSuite } from './suite/races.ts';
import { recordSuite } from './suite/record.ts';
import { restSuite } from './suite/rest.ts';
import { slotSuite } from './suite/slots.ts';
import { beginWith } from './suite/subject.ts';
import { tallySuite } from './suite/tallies.ts';
import { userSuite } from './suite/users.ts';

const parts = [
  flowSuite,
  challengeSuite,
  slotSuite,
  tallySuite,
  factorSuite,
  userSuite,
  accountSuite,
  outboxSuite,
  keySuite,
  recordSuite,
  restSuite,
  allOrNothingSuite,
  raceSuite,
];

/** What every store must do; an adapter's own test only says how to make an empty one. */
export const storeSuite = (name: string, create: () => Promise<Store>): void => {
  for (const suite of parts) suite(name, beginWith(create));
};
