import { firstTables, user } from './first-tables.ts';

const counters = ['alter table factors add column counter bigint not null default 0'];

/** Accounts that are looked after: names, ranks, step-ups, devices. */
const accounts = [
  'alter table factors add column name text',
  'alter table factors add column rank integer not null default 0',
  'alter table users add column default_factor text',
  "alter table sessions add column scope text not null default 'all'",
  'alter table flows add column replaces text',
  'alter table flows add column session_id text',
  'alter table flows add column purpose text',
  'alter table flows add column device_hash text',
  'alter table flows add column device_id text',
  `create table devices (
    id text primary key,
    token_hash text not null unique,
    user_id text not null ${user},
    label text not null,
    created_at bigint not null,
    expires_at bigint not null
  )`,
  'create index devices_of_user on devices (user_id)',
  `create table passes (
    id text primary key,
    user_id text not null ${user},
    hash text not null,
    actor text not null,
    reason text not null,
    created_at bigint not null,
    expires_at bigint not null
  )`,
  'create index passes_of_user on passes (user_id)',
];

/** Flows are ended per user. */
const endings = ['create index flows_of_user on flows (user_id)'];

/** Passkeys are nobody else's; of those that two users have bound at the same instant the first one keeps the index. */
const sole = [
  'alter table factors add column sole integer not null default 0',
  `update factors set sole = 1 where type = 'passkey' and not exists (
    select 1 from factors as first
    where first.type = factors.type and first.blind_index = factors.blind_index
    and (first.created_at < factors.created_at or (first.created_at = factors.created_at and first.id < factors.id))
  )`,
  'create unique index factors_sole on factors (type, blind_index) where sole = 1',
];

/** Failures by browser, and those that a factor is switched off by. Waits that ran are over: the rows had no browser. */
const guesses = [
  'drop table failures',
  `create table failures (
    subject text not null,
    browser text not null,
    count integer not null,
    counted_at bigint not null,
    action text not null,
    retry_at bigint not null,
    primary key (subject, browser)
  )`,
  `create table misses (
    factor_id text not null references factors (id) on delete cascade,
    browser text not null,
    action text not null,
    at bigint not null,
    primary key (factor_id, action)
  )`,
  `create table browsers (
    user_id text not null ${user},
    browser text not null,
    at bigint not null,
    primary key (user_id, browser)
  )`,
];

/** What happened, and the ways to what is over. The record outlives its users, so it refers to none. */
const record = [
  'create index outbox_by_lease on outbox (leased_until)',
  `create table events (
    id text primary key,
    at bigint not null,
    type text not null,
    user_id text,
    flow_id text,
    actor text not null,
    factor text,
    target text,
    reason text,
    request_id text
  )`,
  'create index events_of_user on events (user_id, id)',
  'create index events_by_age on events (at)',
  'create index flows_by_age on flows (created_at)',
  'create index challenges_by_age on challenges (sent_at)',
  'create index slots_by_age on slots (taken_at)',
  'create index redeemed_by_age on redeemed (expires_at)',
  'create index sessions_by_age on sessions (expires_at)',
  'create index devices_by_age on devices (expires_at)',
];

/** What the guards of messages add up, and the factors that one of them has taken out of a flow. */
const sends = [
  `create table tallies (
    key text not null,
    starts_at bigint not null,
    total bigint not null,
    primary key (key, starts_at)
  )`,
  "alter table flows add column barred text not null default '[]'",
];

/** Keys may be replaced. */
const keys = [
  "alter table flows add column key_id text not null default ''",
  'create index factors_by_key on factors (key_id)',
  'create index identifiers_by_key on identifiers (key_id)',
];

/** The ways to what is over of what was counted. */
const counted = [
  'create index tallies_by_age on tallies (starts_at)',
  'create index failures_by_age on failures (counted_at)',
  'create index browsers_by_age on browsers (at)',
];

/** The statements of each migration, the first one first. One that was released is never changed: add another. */
export const migrations: readonly (readonly string[])[] = [
  firstTables,
  counters,
  accounts,
  endings,
  sole,
  guesses,
  record,
  sends,
  keys,
  counted,
];
