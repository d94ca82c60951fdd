/*
 * The types are those that SQLite and PostgreSQL both know: `bigint` for milliseconds, which PostgreSQL's `integer` is
 * too small for. What belongs to a user or a challenge goes with it. References to users are checked when a transaction
 * ends, so that the writes of a commit may come in any order.
 */

const flows = [
  `create table flows (
    id text primary key,
    token_hash text not null unique,
    browser_hash text,
    kind text not null,
    user_id text,
    host text,
    factor text,
    first_factor text,
    identifier text,
    origin text,
    locale text not null,
    position text not null,
    proved text not null,
    skipped text not null,
    last_action text,
    created_at bigint not null,
    idle_at bigint not null,
    version integer not null
  )`,
];

const challenges = [
  `create table challenges (
    id text primary key,
    scope text not null,
    purpose text not null,
    subject text not null,
    factor_id text,
    usage text not null,
    channel text not null,
    destination_sealed text not null,
    destination_index text not null,
    key_id text not null,
    generation integer not null,
    sends integer not null,
    code_hash text not null,
    superseded text not null,
    sent_at bigint not null,
    expires_at bigint not null,
    delivery text not null,
    retry_at bigint,
    used_at bigint
  )`,
  'create unique index challenges_unused on challenges (scope) where used_at is null',
  `create table tries (
    challenge_id text not null references challenges (id) on delete cascade,
    generation integer not null,
    number integer not null,
    action text not null,
    digest text not null,
    primary key (challenge_id, generation, number),
    unique (challenge_id, generation, action)
  )`,
  'create table slots (key text not null, number integer not null, taken_at bigint not null, primary key (key, number))',
];

/** Columns of whoever a row is of. */
export const user = 'references users (id) on delete cascade deferrable initially deferred';

const users = [
  `create table users (
    id text primary key,
    password_hash text,
    mfa_enabled integer not null,
    created_at bigint not null
  )`,
  `create table skips (user_id text not null ${user}, mark text not null, primary key (user_id, mark))`,
  `create table identifiers (
    user_id text not null ${user},
    type text not null,
    sealed text not null,
    blind_index text not null,
    key_id text not null,
    verified_at bigint,
    created_at bigint not null,
    primary key (type, blind_index)
  )`,
  'create index identifiers_of_user on identifiers (user_id)',
  `create table sessions (
    id text primary key,
    token_hash text not null unique,
    user_id text not null ${user},
    amr text not null,
    created_at bigint not null,
    expires_at bigint not null
  )`,
  'create index sessions_of_user on sessions (user_id)',
];

const factors = [
  `create table factors (
    id text primary key,
    user_id text not null ${user},
    type text not null,
    sealed text not null,
    blind_index text,
    key_id text not null,
    source text not null,
    created_at bigint not null,
    last_used_at bigint,
    unique (user_id, type, blind_index)
  )`,
  'create index factors_by_index on factors (type, blind_index)',
  `create table spent (
    factor_id text not null references factors (id) on delete cascade,
    mark text not null,
    spent_at bigint not null,
    primary key (factor_id, mark)
  )`,
];

const rest = [
  `create table failures (
    key text primary key,
    count integer not null,
    counted_at bigint not null,
    action text not null,
    retry_at bigint not null
  )`,
  'create table redeemed (jti text primary key, expires_at bigint not null)',
  'create table settings (id integer primary key, value text not null, version integer not null)',
  `create table outbox (
    id text primary key,
    created_at bigint not null,
    payload_sealed text not null,
    key_id text not null,
    leased_until bigint,
    attempts integer not null
  )`,
];

/** The statements of the first migration. */
export const firstTables: readonly string[] = [...flows, ...challenges, ...users, ...factors, ...rest];
