/**
 * The ledger's schema, step by step: `user_version` counts the steps a file has had. Append, never change one that was released.
 * What is searched for has a column; the record itself is JSON, checked with its zod schema when it is read.
 */
export const migrations: readonly string[] = [
  `
  create table runs (id text primary key, record text not null) strict, without rowid;

  create table files (
    id text primary key,
    key text not null,
    status text not null,
    sha256 text,
    received_at text not null,
    record text not null
  ) strict;
  create index files_by_status on files (status, key);
  create index files_by_content on files (sha256) where status = 'PROCESSED';
  create index files_by_arrival on files (received_at desc, key);

  create table cursors (source text primary key, value text not null, updated_at text not null) strict, without rowid;

  -- The row stays after a release, as its token must never be given out again.
  create table leases (
    name text primary key,
    token integer not null,
    holder text,
    owner text,
    expires_at text
  ) strict, without rowid;

  create table actions (
    id text primary key,
    status text not null,
    created_at text not null,
    record text not null
  ) strict, without rowid;
  create index actions_by_status on actions (status, created_at, id);
  `,
  'alter table cursors add column note text;',
];
