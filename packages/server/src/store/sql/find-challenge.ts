import type { ChallengeRow } from '../rows.ts';
import { readChallenge } from './columns.ts';
import type { Database } from './schema.ts';

/** Challenges with the tries at their newest code: a row for each try, or one without any. */
const selectChallenge = (db: Database) =>
  db
    .selectFrom('challenges as c')
    .leftJoin('tries as t', (join) =>
      join.onRef('t.challenge_id', '=', 'c.id').onRef('t.generation', '=', 'c.generation'),
    )
    .select([
      'c.id',
      'c.scope',
      'c.purpose',
      'c.subject',
      'c.factor_id as factorId',
      'c.usage',
      'c.channel',
      'c.destination_sealed as destinationSealed',
      'c.destination_index as destinationIndex',
      'c.key_id as keyId',
      'c.generation',
      'c.sends',
      'c.code_hash as codeHash',
      'c.superseded',
      'c.sent_at as sentAt',
      'c.expires_at as expiresAt',
      'c.delivery',
      'c.retry_at as retryAt',
      'c.used_at as usedAt',
      't.action',
      't.digest',
    ])
    .orderBy('t.number');

/** The challenge with this id, or the unused one of this scope. */
export const findChallenge = async (
  db: Database,
  by: { id: string } | { unusedOf: string },
): Promise<ChallengeRow | null> => {
  const query = selectChallenge(db);
  const rows = await (
    'id' in by
      ? query.where('c.id', '=', by.id)
      : query.where('c.scope', '=', by.unusedOf).where('c.used_at', 'is', null)
  ).execute();
  const [first] = rows;
  return first ? readChallenge({ ...first, tries: rows.filter(({ action }) => action !== null) }) : null;
};
