import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SqliteSnapshot } from '../../lambdas/adapters/serving/sqlite-snapshot.ts';
import { bodyTable, createCollection, createCommon } from '../../lambdas/adapters/snapshot/snapshot-tables.ts';
import { pageParameters } from '../../lambdas/api/contract/paging.ts';
import { readCursor, writeCursor } from '../../lambdas/api/http/cursor.ts';
import type { Collection } from '../../lambdas/domain/serving/collection.ts';
import type { ServedPosition } from '../../lambdas/ports/serving-store.ts';

const collection: Collection = {
  name: 'c',
  reads: [],
  ranked: '',
  columns: { name: 'text', amount: 'cents' },
  territories: ['name'],
  rows: '',
  documents: {},
};

type Row = readonly [name: string | null, amount: bigint | null];

let folder = '';
let files = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headwater-snapshot-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** A snapshot of these rows; the body of each is its place. */
function snapshotOf(rows: readonly Row[]): SqliteSnapshot {
  files += 1;
  const path = join(folder, `${files}.sqlite`);
  const database = new DatabaseSync(path);
  database.exec('pragma journal_mode = off; pragma synchronous = off; begin');
  createCommon(database);
  createCollection(database, collection);
  for (const [index, [name, amount]] of rows.entries()) {
    database.prepare('insert into "c" values (?, ?, ?, ?)').run(index + 1, `key-${index}`, name, amount);
    database.prepare(`insert into "${bodyTable('c')}" values (?, ?)`).run(index + 1, String(index));
  }
  database.exec('commit');
  database.close();
  const meta = { runId: 'r', asOf: '', publishedAt: '', sha256: '', bytes: 0, loadedAt: '' };
  return new SqliteSnapshot(path, meta, [collection]);
}

/** The places of all rows, page after page, with cursors as the API gives them. */
function paged(snapshot: SqliteSnapshot, column: string, descending: boolean, limit: number): number[] {
  const found: number[] = [];
  const query = { collection: 'c', filters: [], territories: null, search: null, sort: { column, descending }, limit };
  for (let after: ServedPosition | null = null; ; ) {
    const { rows, next } = snapshot.list({ ...query, after });
    found.push(...rows.map(Number));
    if (next === null) return found;
    const cursor = pageParameters.cursor.parse(writeCursor('20250630T231500123Z-7f3a', 'q', next));
    after = { rank: readCursor(String(cursor), 'q').n };
  }
}

describe('pages of a sorted list', () => {
  const largest = 2n ** 63n - 1n;
  const amount = fc.option(
    fc.oneof(fc.bigInt(-largest, largest), fc.bigInt(2n ** 53n - 2n, 2n ** 53n + 2n), fc.bigInt(-2n, 2n)),
  );
  const name = fc.option(
    fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 4 }),
      fc.constantFrom('a', 'A', 'a\0b', 'a\0', '12', '\u2028', "'", 'я'.repeat(255)),
    ),
  );

  it('hold every row once, in order, whatever the values are', () => {
    const sort = fc.tuple(fc.constantFrom('name', 'amount'), fc.boolean(), fc.integer({ min: 1, max: 4 }));
    fc.assert(
      fc.property(fc.array(fc.tuple(name, amount), { maxLength: 12 }), sort, (rows, [column, descending, limit]) => {
        const snapshot = snapshotOf(rows);
        const places = paged(snapshot, column, descending, limit);
        snapshot.close();
        expect(places.toSorted((a, b) => a - b)).toEqual(rows.map((_, index) => index));
        if (column !== 'amount') return;
        const known = places.map((place) => rows[place]?.[1] ?? null).filter((each) => each !== null);
        const sorted = known.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
        expect(known).toEqual(descending ? sorted.toReversed() : sorted);
      }),
      { numRuns: 150 },
    );
  });

  it('tell nothing of a row that the reader may not see to who makes up its cursor', () => {
    const snapshot = snapshotOf([
      ['own', 1n],
      ['foreign', 5n],
      ['own', 9n],
    ]);
    const sort = { column: 'amount', descending: false };
    const query = { collection: 'c', filters: [], territories: ['own'], search: null, sort, limit: 9 };
    expect(snapshot.list({ ...query, after: { rank: 1 } }).rows).toEqual(['2']);
    expect(snapshot.list({ ...query, after: { rank: 2 } }).rows).toEqual([]);
    snapshot.close();
  });

  it('and sums hold amounts beyond the whole numbers of JavaScript', () => {
    const snapshot = snapshotOf([
      ['a', 2n ** 60n],
      ['b', 2n ** 60n],
    ]);
    const query = { collection: 'c', filters: [], territories: null, search: null, groupBy: null, sums: ['amount'] };
    expect(snapshot.totals(query)[0]?.sums.amount).toBe(2n ** 61n);
    snapshot.close();
  });
});
