import { openIdentifier } from '../flow/primary/identifiers.ts';
import type { Parts } from '../parts.ts';
import type { Write } from '../store/store.ts';
import { maskAddress } from './mask-address.ts';
import type { About, Happening } from './happening.ts';

type Told = Happening | null;

/** What is known to whoever tells what a write means. */
interface Known {
  parts: Parts;
  about: About;
}

const nothing = (): Told => null;

/*
 * Every write says here what is recorded of it, so that no change goes unrecorded: a new one without an entry does not
 * compile. `nothing` is for writes that count and keep, and for those that mean different things at different places,
 * which say so themselves.
 */
const told: { [Type in Write['type']]: (write: Extract<Write, { type: Type }>, known: Known) => Told | Promise<Told> } =
  {
    'save-challenge': nothing,
    'use-challenge': nothing,
    tally: nothing,
    'take-slot': nothing,
    'add-factor': ({ factor: { id, userId } }) => ({ type: 'factor-added', userId, factorId: id }),
    'remove-factor': ({ id }) => ({ type: 'factor-removed', factorId: id }),
    'use-factor': nothing,
    spend: nothing,
    advance: nothing,
    'rename-factor': ({ id }) => ({ type: 'factor-renamed', factorId: id }),
    'keep-one': nothing,
    'add-user': ({ user }) => ({ type: 'user-added', userId: user.id }),
    'remove-user': ({ userId }) => ({ type: 'user-removed', userId }),
    'add-identifier': async ({ identifier }, { parts }) => {
      const target = maskAddress((await openIdentifier(parts, identifier)).value);
      return { type: 'address-added', userId: identifier.userId, target };
    },
    'turn-on': ({ userId }, { about }) => (about.isOn ? null : { type: 'mfa-on', userId }),
    'turn-off': ({ userId }) => ({ type: 'mfa-off', userId }),
    'set-default': ({ userId, factorId }) => ({ type: 'default-set', userId, factorId }),
    'set-password': ({ userId }) => ({ type: 'password-set', userId }),
    skip: nothing,
    'forget-skips': ({ userId }) => ({ type: 'skips-forgotten', userId }),
    'add-session': ({ session: { userId, scope, amr } }) => ({
      type: 'session-begun',
      userId,
      reason: [...(scope === 'account' ? ['account'] : []), ...amr].join(' '),
    }),
    'end-session': () => ({ type: 'session-ended' }),
    'end-sessions': ({ userId }) => ({ type: 'sessions-ended', userId }),
    'add-device': ({ device: { userId, label } }) => ({ type: 'browser-trusted', userId, reason: label }),
    'forget-devices': ({ userId }) => ({ type: 'browsers-forgotten', userId }),
    redeem: nothing,
    'forget-failures': nothing,
    'forget-misses': nothing,
    'know-browser': nothing,
    'end-flow': ({ id }) => ({ type: 'flow-replaced', flowId: id }),
    // A change of what protects the account ends them, which says so itself.
    'end-flows': nothing,
    'reseal-factor': nothing,
    // The whole run says so once.
    rekey: nothing,
    'add-pass': ({ pass: { userId, actor, reason } }) => ({
      type: 'pass-issued',
      userId,
      reason: `${actor}: ${reason}`,
    }),
    post: nothing,
    'drop-message': nothing,
    'note-delivery': nothing,
    record: nothing,
  };

const tell = <Type extends Write['type']>(
  write: Extract<Write, { type: Type }>,
  known: Known,
): Told | Promise<Told> => {
  const say: (typeof told)[Type] = told[write.type as Type];
  return say(write, known);
};

/** What the writes of a commit mean. */
export const happeningsOf = async (parts: Parts, writes: readonly Write[], about: About): Promise<Happening[]> => {
  const all = await Promise.all(writes.map(async (write) => tell(write, { parts, about })));
  return all.filter((happening) => happening !== null);
};
