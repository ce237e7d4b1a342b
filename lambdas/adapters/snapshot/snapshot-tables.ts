import type { DatabaseSync } from 'node:sqlite';
import type { Collection, ServedKind } from '../../domain/serving/collection.ts';

/** Marks the file as a snapshot: "HwSn". */
export const applicationId = 0x4877536e;

const storedAs: Readonly<Record<ServedKind, string>> = {
  text: 'text',
  search: 'text',
  list: 'text',
  integer: 'integer',
  cents: 'integer',
  flag: 'integer',
};

/** Name of the table with one of the collection's documents. */
export function documentTable(collection: string, document: string): string {
  return `${collection}_${document}`;
}

/** Name of the table with the collection's rows as JSON. */
export function bodyTable(collection: string): string {
  return `${collection}_row`;
}

export function wordTable(collection: string): string {
  return `${collection}_word`;
}

/**
 * Creates the collection's tables: a narrow one that filters and sorts, the rows as JSON, and the documents in blocks, by rank. Values are
 * looked up in the narrow one, whose pages stay in memory.
 */
export function createCollection(database: DatabaseSync, { name, columns, documents, wordIndex }: Collection): void {
  const list = Object.entries(columns).map(([column, kind]) => `"${column}" ${storedAs[kind]}`);
  database.exec(`create table "${name}" (rank integer primary key, key text not null, ${list.join(', ')}) strict;
    create table "${bodyTable(name)}" (rank integer primary key, body text not null) strict;`);
  for (const document of Object.keys(documents)) {
    database.exec(
      `create table "${documentTable(name, document)}" (block integer primary key, body blob not null) strict;`,
    );
  }
  if (wordIndex === true) {
    database.exec(`create virtual table "${wordTable(name)}" using fts5(words, content = '', detail = none, prefix = '1 2 3 4',
      tokenize = 'unicode61 remove_diacritics 0');`);
  }
}

/** Made once the rows are in. */
export function indexCollection(database: DatabaseSync, { name, wordIndex }: Collection): void {
  database.exec(`create unique index "${name}_key" on "${name}" (key);`);
  if (wordIndex === true) database.exec(`insert into "${wordTable(name)}"("${wordTable(name)}") values ('optimize');`);
}

export function createCommon(database: DatabaseSync): void {
  database.exec(`pragma application_id = ${applicationId};
    create table texts (name text primary key, body text not null) strict;
    create table collections (name text primary key, rows integer not null) strict;`);
}
