import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DocumentBlocks, documentBlock, documentIn } from '../../lambdas/adapters/snapshot/document-blocks.ts';
import { jobsOf } from '../../lambdas/adapters/snapshot/fill-jobs.ts';
import { bodyTable } from '../../lambdas/adapters/snapshot/snapshot-tables.ts';
import { csvLine } from '../../lambdas/domain/csv-text.ts';
import type { Collection } from '../../lambdas/domain/serving/collection.ts';
import { searchAttempts, searchWords } from '../../lambdas/domain/serving/search-words.ts';
import { codingFor } from '../../lambdas/api/http/content-coding.ts';
import { readCursor, writeCursor } from '../../lambdas/api/http/cursor.ts';
import { csvRecords } from '../api/conformance.ts';

describe('documents in blocks', () => {
  it('come back for every rank that has one, and for no other', () => {
    const ranks = fc
      .uniqueArray(fc.integer({ min: 1, max: 200 }), { maxLength: 60 })
      .map((all) => all.toSorted((a, b) => a - b));
    fc.assert(
      fc.property(ranks, fc.array(fc.json(), { minLength: 60, maxLength: 60 }), (given, bodies) => {
        const database = new DatabaseSync(':memory:');
        database.exec('create table "c_d" (block integer primary key, body blob not null) strict');
        const blocks = new DocumentBlocks(database, 'c', 'd');
        for (const [index, rank] of given.entries()) blocks.add(rank, bodies[index] ?? '');
        blocks.end();
        const read = database.prepare('select body from "c_d" where block = ?');
        for (let rank = 1; rank <= 210; rank += 1) {
          const block = read.get(documentBlock(rank))?.body as Uint8Array | undefined;
          const index = given.indexOf(rank);
          const found = block === undefined ? null : documentIn(block, rank);
          expect(found === null ? null : JSON.parse(found)).toEqual(
            index === -1 ? null : JSON.parse(bodies[index] ?? ''),
          );
        }
        database.close();
      }),
      { numRuns: 60 },
    );
  });
});

describe('what fills a collection', () => {
  const collection: Collection = {
    name: 'c',
    reads: [],
    ranked: '',
    columns: {},
    territories: [],
    rows: 'select * from {ranked}',
    documents: {
      whole: { sql: 'select rank from {ranked}' },
      parted: { sql: 'select rank from {ranked}', inParts: true },
    },
  };
  const jobs = (count: number) => {
    const database = new DatabaseSync(':memory:');
    database.exec('create table "c" (rank, key)');
    for (const document of ['whole', 'parted']) database.exec(`create table "c_${document}" (block, body)`);
    database.exec(`create table "${bodyTable('c')}" (rank, body)`);
    return jobsOf(database, collection, { table: 'r', count, atOnce: 2 }).map(({ sql }) => sql);
  };

  it('reads a part of the ranks at a time where the groups of all would not fit', () => {
    expect(jobs(5).slice(2)).toEqual([
      'select rank from (select * from r where rank > 0 and rank <= 2)',
      'select rank from (select * from r where rank > 2 and rank <= 4)',
      'select rank from (select * from r where rank > 4 and rank <= 6)',
    ]);
    expect(jobs(5).slice(0, 2)).toEqual([
      'select * from (select * from r) as each order by rank',
      'select rank from r',
    ]);
  });

  it('reads nothing once where there is nothing', () => {
    expect(jobs(0)).toHaveLength(3);
  });
});

describe('words of a search', () => {
  it('are letters and digits only, whatever was typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        for (const word of searchWords(text)) expect(word).toMatch(/^[\p{L}\p{N}]+$/u);
      }),
    );
  });

  it('are tried with legal forms first, then without, also with half of one', () => {
    expect(searchAttempts('Acme Corp', ['corp', 'corporation'])).toEqual([['acme', 'corp'], ['acme']]);
    expect(searchAttempts('Acme corpor', ['corp', 'corporation'])).toEqual([['acme', 'corpor'], ['acme']]);
    expect(searchAttempts('ltd', ['ltd'])).toEqual([['ltd']]);
    expect(searchAttempts('Müller & Söhne', [])).toEqual([['muller', 'and', 'sohne']]);
    expect(searchAttempts('😀 *"', [])).toEqual([]);
  });
});

describe('cells of an export', () => {
  it('read back as they were, but for the apostrophe before a formula', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.constantFrom('=1+1', '+1', '-x', '@a', '\tx', '-1.5'),
    );
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 5 }), (cells) => {
        const [record] = csvRecords(csvLine(cells));
        for (const [index, text] of (record ?? []).entries()) {
          const isFormula = /^[=+\-@\t\r]/.test(cells[index] ?? '') && !/^-?\d+(\.\d+)?$/.test(cells[index] ?? '');
          expect(text).toBe(isFormula ? `'${cells[index]}` : cells[index]);
        }
      }),
    );
  });
});

describe('parts of a request', () => {
  it('a cursor is read back by its own list only', () => {
    const text = writeCursor('run', 'list-1', { rank: 7 });
    expect(readCursor(text, 'list-1')).toEqual({ r: 'run', q: 'list-1', n: 7 });
    expect(() => readCursor(text, 'list-2')).toThrow(/other filters/);
  });

  it.each([
    ['gzip, deflate, br', 'br'],
    ['gzip', 'gzip'],
    ['br;q=0.1, gzip;q=0.9', 'gzip'],
    ['*', 'br'],
    ['identity;q=1, *;q=0', 'identity'],
    ['gzip;q=0', 'identity'],
    ['br;q=1.2.3, gzip;q=0', 'identity'],
    ['', 'identity'],
    [undefined, 'identity'],
  ])('the coding for %s is %s', (accepted, coding) => {
    expect(codingFor(accepted, 100_000)).toBe(coding);
    expect(codingFor(accepted, 100)).toBe('identity');
  });
});
