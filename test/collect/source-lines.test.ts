import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccountedFor } from './accounting.ts';
import { type Contract, type DropHome, noteContract, openDropHome } from './drop-home.ts';
import { duckParquet } from './parquet-bytes.ts';

interface Piece {
  /** A record as it stands in the file, or text between records. */
  readonly raw: string;
  readonly kind: 'good' | 'bad' | 'nothing';
  /** What ends it; default: that of the file. */
  readonly end?: string;
}

const good = (raw: string, end?: string): Piece => ({ raw, kind: 'good', ...(end === undefined ? {} : { end }) });
const bad = (raw: string, end?: string): Piece => ({ raw, kind: 'bad', ...(end === undefined ? {} : { end }) });
const nothing = (raw: string): Piece => ({ raw, kind: 'nothing' });

interface Layout {
  readonly name: string;
  readonly body: string | Buffer;
  readonly good: readonly number[];
  readonly bad: readonly { line: number; raw: string }[];
}

/** Puts a file together and notes on which line each record begins. */
function layout(
  name: string,
  end: string,
  pieces: readonly Piece[],
  encode: (text: string) => string | Buffer = String,
): Layout {
  let text = '';
  const placed = pieces.map((piece) => {
    const line = text.split('\n').length;
    text += `${piece.raw}${piece.end ?? end}`;
    return { ...piece, line };
  });
  const bads = placed.filter(({ kind }) => kind === 'bad').map(({ line, raw }) => ({ line, raw }));
  return {
    name,
    body: encode(text),
    good: placed.filter(({ kind }) => kind === 'good').map(({ line }) => line),
    bad: bads,
  };
}

const records = (lineEnd: string, quote = '"', delimiter = ','): Piece[] =>
  [
    nothing(`id,n`),
    bad(`,1`),
    good(`${quote}two${lineEnd}lines${quote},2`),
    good(`c,3`),
    bad(`${quote}a ${quote}${quote}b${quote}${quote}${lineEnd}${lineEnd}c${quote}, x `),
    bad(`d,four`),
    good(`e,`),
    bad(`${quote}${quote},`),
  ].map((piece) => ({ ...piece, raw: piece.raw.replaceAll(',', delimiter) }));

const withBlankLines = (pieces: readonly Piece[]) => pieces.flatMap((piece) => [piece, nothing(''), nothing('')]);
/** Longer than a chunk of reading, so that records lie across its ends. */
const long = (letter: string) => `"${`${letter.repeat(59)}\n`.repeat(11_000)}"`;

const layouts: readonly Layout[] = [
  layout('numbered/lf.csv', '\n', records('\n')),
  layout('numbered/crlf.csv', '\r\n', records('\r\n')),
  layout('numbered/lf-in-crlf.csv', '\r\n', records('\n')),
  layout('numbered/byte-order-mark.csv', '\n', records('\n'), (text) => `\ufeff${text}`),
  layout('numbered/blank-lines.csv', '\n', withBlankLines(records('\n'))),
  layout('numbered/blank-lines-crlf.csv', '\r\n', withBlankLines(records('\r\n'))),
  layout('numbered/mixed.csv', '\n', [
    nothing('n,id'),
    bad('w,a', '\r\n'),
    good('2,b'),
    bad('x,"c\r\nd"'),
    good('4,d', '\r\n'),
    bad('y,e', ''),
  ]),
  layout('numbered/header-of-lines.csv', '\n', [nothing('id,n,"a\n\nb"'), bad(',1,x'), good('b,2,\u00e9')]),
  layout('numbered/packed.csv.gz', '\n', records('\n'), gzipSync),
  layout('numbered/long.csv', '\n', [
    nothing('id,n'),
    good(`${long('a')},1`),
    bad(`${long('b')},x`),
    good(`${long('c')},2`),
    bad(`é${'d'.repeat(100_000)},y`),
  ]),
  layout(
    'german/german.csv',
    '\r\n',
    records('\r\n', "'", ';').map((piece) => ({ ...piece, raw: piece.raw.replace('four', 'vier Äpfel') })),
    (text) => Buffer.from(text, 'latin1'),
  ),
  layout('single/blank-lines.csv', '\n', [
    nothing('n'),
    good('1'),
    bad(''),
    bad(''),
    bad('x'),
    good('2'),
    bad('"\ny"'),
  ]),
  layout('single/blank-lines-crlf.csv', '\r\n', [nothing('n'), bad(''), good('1'), bad('x'), bad('""')]),
  layout('lines/blank.jsonl', '\n', [
    nothing(''),
    bad('{"id":null, "n":1}'),
    nothing('  '),
    nothing('\t'),
    good('{"id":"b\\nc"}'),
    bad(' {"id":"c","n":"é"} '),
  ]),
  layout('lines/crlf.jsonl', '\r\n', [
    good('{"id":"a"}'),
    nothing(' '),
    bad('{"id":"b","n":"x"}'),
    bad('{"n":2,"id":""}'),
  ]),
];

function numbered(dataset: string, file: object, required: string): Contract {
  return noteContract(
    dataset,
    { pattern: '*', ...file },
    {
      reject_above: 1,
      columns: [
        { name: 'id', type: 'varchar', description: 'Text', required: required === 'id' },
        { name: 'n', type: 'bigint', description: 'Number', required: required === 'n' },
      ],
    },
  );
}

let home: DropHome;

beforeAll(async () => {
  home = await openDropHome([
    numbered('numbered', {}, 'id'),
    numbered('german', { delimiter: ';', quote: "'", encoding: 'windows-1252' }, 'id'),
    numbered('single', {}, 'n'),
    numbered('lines', { format: 'jsonl' }, 'id'),
    numbered('tables', { format: 'parquet' }, 'id'),
  ]);
  for (const { name, body } of layouts) await home.drop(name, body);
  const values = `(1, 'a', '1', date '2025-01-01'), (2, null, '2', null), (3, 'c"', 'x', null)`;
  await home.drop(
    'tables/x.parquet',
    await duckParquet(`select id, n, day from (values ${values}) as t(i, id, n, day) order by i`),
  );
  await home.pipeline.run();
});

afterAll(() => home.close());

describe('a quarantined row', () => {
  it.each(layouts)('of $name has its line and its text', async ({ name, bad: expected }) => {
    const rows = await home.pipeline.rows(
      `select _source_line as line, _raw as raw from quarantine.${name.split('/')[0]} where _source_file = 'landing/${name}' order by 1`,
    );
    const found = rows.map(({ line, raw }) => ({ line: Number(line), raw }));
    expect(found.map(short)).toEqual(expected.map(short));
    expect(found.every((row, index) => row.raw === expected[index]?.raw)).toBe(true);
  });

  it('of a Parquet file is shown as JSON', async () => {
    const rows = await home.pipeline.rows(
      'select _source_line as line, _raw, _reasons from quarantine.tables order by 1',
    );
    expect(rows).toEqual([
      { line: '2', _raw: '{"id":null,"n":"2","day":null}', _reasons: 'REQUIRED(id)' },
      { line: '3', _raw: '{"id":"c\\"","n":"x","day":null}', _reasons: 'TYPE(n)' },
    ]);
  });
});

describe('a loaded row', () => {
  it.each(layouts)('of $name has its line', async ({ name, good: expected }) => {
    const rows = await home.pipeline.rows(
      `select _source_line as line from bronze.${name.split('/')[0]} where _source_file = 'landing/${name}' order by 1`,
    );
    expect(rows.map(({ line }) => Number(line))).toEqual(expected);
  });

  it('is accounted for', async () => {
    await expectAccountedFor(home);
  });
});

/** Long rows are not for printing. */
function short({ line, raw }: { line: number; raw: unknown }): object {
  return { line, raw: String(raw).slice(0, 200), length: String(raw).length };
}
