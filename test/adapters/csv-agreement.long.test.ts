import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBConnection } from '@duckdb/node-api';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspectDrop } from '../../lambdas/adapters/drop-inspection/inspect-drop.ts';
import { csvReadOptions } from '../../lambdas/adapters/duckdb-csv-options.ts';
import { FolderLake } from '../../lambdas/adapters/folder-lake.ts';
import type { Dataset } from '../../lambdas/domain/dataset.ts';
import type { Inspection } from '../../lambdas/ports/drop-reader.ts';
import { type CsvWriting, parseCsv } from './simple-csv.ts';
import { anyCsv, soundNoise } from './csv-samples.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { salesDataset } from './drop-fixtures.ts';

type Rows = readonly (readonly (string | null)[])[];

const usual: CsvWriting = { delimiter: ',', quote: '"' };
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let lake: FolderLake;
let duckdb: DuckDBConnection;

beforeAll(async () => {
  folder = await temporaryFolder();
  await mkdir(join(folder.path, 'raw/landing/sales'), { recursive: true });
  lake = new FolderLake(join(folder.path, 'raw'));
  duckdb = await DuckDBConnection.create();
});

afterAll(async () => {
  duckdb.closeSync();
  await folder.remove();
});

function contract(writing: CsvWriting): Dataset {
  return salesDataset({ ...writing, max_columns: 20_000 });
}

/** Inspects the text as a dropped file, as the pipeline does. */
async function inspected(text: string, writing: CsvWriting): Promise<Inspection> {
  const key = 'landing/sales/sample.csv';
  await writeFile(lake.localPath(key), text);
  const deps = { raw: lake, scratch: async () => folder.path, localPath: async () => lake.localPath(key) };
  const bytes = Buffer.byteLength(text);
  return await inspectDrop({ key, bytes }, contract(writing), deps, new AbortController().signal);
}

/** What DuckDB reads with our options; small buffers bring what can happen at their edges into small files. */
async function readByDuckDb(inspection: Inspection, writing: CsvWriting, lineBytes?: number): Promise<Rows> {
  let options = csvReadOptions(contract(writing).file, inspection.header.length);
  if (lineBytes !== undefined) {
    options = options.replace(
      /max_line_size = \d+, buffer_size = \d+/,
      `max_line_size = ${lineBytes}, buffer_size = ${2 * lineBytes}`,
    );
  }
  const reader = await duckdb.runAndReadAll(
    `select 'x' || columns(*) from read_csv(['${inspection.local?.path}'], ${options})`,
  );
  // Without the x, the Node binding would drop a byte order mark with which a value begins.
  return reader.getRows().map((row) => row.map((value) => (value === null ? null : String(value).slice(1))));
}

function expectedRows(text: string, writing: CsvWriting): { header: readonly string[]; records: Rows } {
  const [header = [], ...records] = parseCsv(text.replace(/^\ufeff/, ''), writing);
  return { header, records: records.map((record) => record.map((value) => (value === '' ? null : value))) };
}

/** Both readers and a third, simple one agree about an accepted file. */
async function expectAgreement(text: string, writing: CsvWriting = usual, lineBytes?: number): Promise<void> {
  const inspection = await inspected(text, writing);
  expect(inspection.reasons).toEqual([]);
  const { header, records } = expectedRows(text, writing);
  expect(inspection.header).toEqual(header);
  expect(inspection.records).toBe(records.length);
  // A deep comparison of millions of values takes minutes in vitest.
  expect(JSON.stringify(await readByDuckDb(inspection, writing, lineBytes)) === JSON.stringify(records)).toBe(true);
}

describe('Scanner and DuckDB agree about', () => {
  it.each([
    ['LF', 'a,b\n1,2\n3,4\n'],
    ['CRLF', 'a,b\r\n1,2\r\n3,4\r\n'],
    ['LF, then CRLF', 'a,b\n1,2\r\n3,4\n5,6\r\n'],
    ['CRLF, then LF', 'a,b\r\n1,"2"\n3,4\r\n5,6\n'],
    ['no line end at the end', 'a,b\r\n1,2'],
    ['an empty field at the end', 'a,b\n1,2\n3,'],
    ['a quote at the end', 'a,b\n1,"x"""'],
    ['a record of empty fields only', 'a,b\n,\n"",""\n1,2\n'],
    ['blank lines', 'a,b\n\n1,2\n\n\n3,4\n\n'],
    ['blank lines with CRLF', 'a,b\r\n\r\n1,2\r\n\r\n3,4\r\n\r\n'],
    ['blank lines in one column', 'a\n\n1\n\n\n3\n\n'],
    ['blank lines in one column with CRLF', 'a\r\n\r\n1\r\n\r\n3\r\n\r\n'],
    ['an empty value in quotes in one column', 'a\n1\n""\n""'],
    ['a line of spaces in one column', 'a\n1\n  \n3\n'],
    ['LF in quotes', 'a,b\n"1\n\nx",2\n3,4\n'],
    ['LF in quotes with CRLF', 'a,b\r\n"1\nx",2\r\n3,4\r\n'],
    ['CRLF in quotes', 'a,b\n"1\r\nx",2\n"\r\n","\r"\n'],
    ['CR in quotes', 'a,b\n"1\rx",2\n"\r","\r\r"\n'],
    ['doubled quotes', 'a,b\n"1""x",2\n"""",4\n"""""",""\n'],
    ['quoted names', '"a","b ""x"""\n1,2\n'],
    ['a delimiter in a name', '"a,x",b\n1,2\n'],
    ['LF in a name', '"a\nx",b\n1,2\n3,4\n'],
    ['LF in a name with CRLF', '"a\nx",b\r\n1,2\r\n3,4\r\n'],
    ['CRLF in a name with LF', '"a\r\nx",b\n1,"\r\n"\n3,4\n'],
    ['CR in a name', '"a\rx",b\n1,"\r"\n3,4\n'],
    ['a byte order mark', '\ufeffa,b\n1,2\n'],
    ['a byte order mark before a quote', '\ufeff"a\r\nx",b\r\n1,2\r\n'],
    ['byte order marks as part of values', 'a,b\n\ufeff1,\ufeff\n'],
    ['characters beyond ASCII', 'é,日本\n\u{1F600},\u2028\n\u0085,\u00a0\n'],
    ['line separators of Unicode', 'a,b\nx\u2028y,z\u2029\n\u000b,\u000c\n'],
    ['control characters', 'a,b\n\u0001,\u001a\n\u001b,\u007f\n'],
    ['spaces and tabs', 'a,b\n 1 ,\t2\t\n" 3 ","4 "\n'],
    ['number signs', '#a,b\n#1,2\n3,#4\n# c,x\n#,#\n'],
    ['words for nothing', 'a,b\nNULL,null\nNA,\\N\nnan,None\n'],
    ['backslashes', 'a,b\n"x\\","y"\n\\,\\\n'],
    ['names that are numbers', '1,2\n3,4\n'],
  ])('%s', async (_, text) => {
    await expectAgreement(text);
  });

  it('10,000 columns', async () => {
    const row = (value: (index: number) => string) =>
      Array.from({ length: 10_000 }, (_, index) => value(index)).join(',');
    await expectAgreement([row((i) => `c${i}`), row(String), row((i) => `"${i}\n"`)].join('\n'));
  });

  it('fields of 1 MB', async () => {
    const field = 'x'.repeat(1_048_576);
    await expectAgreement(`a,b\n${field},1\n2,"${field.slice(2)}"\n3,4\n`);
  });

  it('a record of 8 MB', async () => {
    const header = Array.from({ length: 8 }, (_, index) => `c${index}`).join(',');
    const record = Array(8).fill('x'.repeat(999_999)).join(',');
    expect(record).toHaveLength(7_999_999);
    await expectAgreement(`${header}\n${record}\n${record}\r\n${record}x`);
  });
});

describe('Scanner and DuckDB agree at the edges of buffers about', () => {
  const bufferBytes = Number(/buffer_size = (\d+)/.exec(csvReadOptions(contract(usual).file, 1))?.[1]);

  /** Puts the first byte of `edge` at the last byte of the first buffer. */
  function atEdge(edge: string, lineEnd: string): string {
    const record = `${'x'.repeat(999)},2${lineEnd}`;
    const header = `a,b${lineEnd}`;
    const missing = bufferBytes - 1 - header.length;
    const filled = `${header}${record.repeat(Math.floor(missing / record.length) - 1)}`;
    const rest = bufferBytes - 1 - filled.length;
    return `${filled}${'x'.repeat(rest - 2)},y${edge}`;
  }

  it.each([
    ['CRLF', '\r\n1,2\r\n', '\r\n'],
    ['CRLF and a blank line', '\r\n\r\n1,2\r\n', '\r\n'],
    ['LF and blank lines', '\n\n\n1,2\n', '\n'],
    ['a doubled quote', `\n"1\n""x""",2\n`, '\n'],
  ])('%s', async (_, edge, lineEnd) => {
    await expectAgreement(atEdge(edge, lineEnd));
  });

  it('multi-line values beyond them', async () => {
    const lines = '1,2\n'.repeat(250_000);
    await expectAgreement(`a,b\n${`x,"${lines}"\n`.repeat(20)}`);
  });
});

describe('Scanner rejects what DuckDB would', () => {
  it.each([
    [
      'take a surplus empty field',
      'a,b\n1,2,\n3,4\n',
      2,
      [
        ['1', '2'],
        ['3', '4'],
      ],
    ],
    ['take a quote within a field', 'a,b\n5" pipe,2\n', 2, [['5" pipe', '2']]],
    ['drop a space before a quote', 'a,b\n "1",2\n', 2, [['1', '2']]],
    ['drop a space behind a quote', 'a,b\n"1" ,2\n', 2, [['1', '2']]],
    [
      'take a blank line for the header',
      '\na,b\n1,2\n',
      2,
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    ['take CR as line end', 'a,b\r1,2\r', 2, [['1', '2']]],
    ['drop CR at the end', 'a,b\r\n1,2\r', 2, [['1', '2']]],
    ['keep a NUL byte', 'a,b\n1,\u0000\n', 2, [['1', '\u0000']]],
    ['drop a record with an open quote', 'a,b\n1,2\n3,"x\n5,6\n', 2, [['1', '2']]],
    ['not miss a broken header', 'a"x,b\n1,2\n', 2, [['1', '2']]],
    ['not miss a header of fewer fields', 'a\n1,2\n', 2, [['1', '2']]],
  ])('%s', async (_, text, columns, seen) => {
    const inspection = await inspected(text, usual);
    expect(inspection.reasons).not.toEqual([]);
    const options = csvReadOptions(contract(usual).file, columns);
    const path = lake.localPath('landing/sales/sample.csv');
    const reader = await duckdb.runAndReadAll(`select * from read_csv(['${path}'], ${options})`);
    expect(reader.getRows()).toEqual(seen);
  });

  it.each([
    ['text behind a quote', 'a,b\n"x"y,2\n'],
    ['a surplus field', 'a,b\n1,2,3\n'],
    ['a missing field', 'a,b\n1\n'],
    ['CR in a value', 'a,b\n1\rx,2\n'],
    ['a line of spaces', 'a,b\n1,2\n \n'],
  ])('also reject: %s', async (_, text) => {
    const inspection = await inspected(text, usual);
    expect(inspection.reasons).not.toEqual([]);
    const options = csvReadOptions(contract(usual).file, 2);
    const path = lake.localPath('landing/sales/sample.csv');
    await expect(duckdb.runAndReadAll(`select * from read_csv(['${path}'], ${options})`)).rejects.toThrow();
  });
});

describe('Scanner and DuckDB agree', () => {
  it('about any well-formed file, with large and small buffers', async () => {
    await fc.assert(
      fc.asyncProperty(anyCsv, fc.integer({ min: 220, max: 400 }), async ({ text, writing }, lineBytes) => {
        const inspection = await inspected(text, writing);
        fc.pre(inspection.records > 0);
        const longest = Math.max(
          ...parseCsv(text, writing).map((record) => Buffer.byteLength(record.join('')) * 2 + 20),
        );
        await expectAgreement(text, writing);
        if (longest < lineBytes) await expectAgreement(text, writing, lineBytes);
      }),
      { numRuns: 400 },
    );
  });

  it('about whatever the scanner lets through', async () => {
    await fc.assert(
      fc.asyncProperty(soundNoise, async (text) => {
        await expectAgreement(text);
      }),
      { numRuns: 300 },
    );
  });
});
