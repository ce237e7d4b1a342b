import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CsvDialect } from '../../lambdas/domain/csv-dialect.ts';
import { csvDialect } from '../../lambdas/domain/csv-dialect.ts';
import type { CsvStructureResult } from '../../lambdas/domain/csv-records.ts';
import { CsvStructure } from '../../lambdas/domain/csv-structure.ts';
import { ConfigurationError } from '../../lambdas/domain/errors.ts';

const dialect: CsvDialect = {
  delimiter: ',',
  quote: '"',
  maxColumns: 1_000,
  maxFieldBytes: 1_048_576,
  maxRecordBytes: 8_000_000,
};

function structureOf(text: string, options: Partial<CsvDialect> = {}, chunkBytes = 65_536): CsvStructureResult {
  const scanner = new CsvStructure({ ...dialect, ...options });
  const bytes = new TextEncoder().encode(text);
  for (let start = 0; start < bytes.length; start += chunkBytes)
    scanner.push(bytes.subarray(start, start + chunkBytes));
  return scanner.finish();
}

/** Codes and lines, for short. */
function faultsOf(text: string, options: Partial<CsvDialect> = {}): string[] {
  return structureOf(text, options).problems.map(({ code, line }) => `${code} ${line}`);
}

describe('CsvStructure accepts', () => {
  it.each([
    ['LF line ends', 'a,b\n1,2\n3,4\n', ['a', 'b'], 2],
    ['CRLF line ends', 'a,b\r\n1,2\r\n3,4\r\n', ['a', 'b'], 2],
    ['mixed line ends', 'a,b\r\n1,2\n3,4\r\n', ['a', 'b'], 2],
    ['a last line without line end', 'a,b\n1,2\n3,4', ['a', 'b'], 2],
    ['a last field that is empty', 'a,b\n1,2\n3,', ['a', 'b'], 2],
    ['a last field in quotes', 'a,b\n1,"2"', ['a', 'b'], 1],
    ['empty fields', 'a,b\n,\n"",""\n', ['a', 'b'], 2],
    ['line ends in quotes', 'a,b\n"1\n\r\n\r",2\n', ['a', 'b'], 1],
    ['doubled quotes', 'a,b\n"""",""""""\n', ['a', 'b'], 1],
    ['delimiters in quotes', '"a,b",c\n"1,2",3\n', ['a,b', 'c'], 1],
    ['quotes in names', '"a""b",c\n1,2\n', ['a"b', 'c'], 1],
    ['a header of two lines', '"a\nb",c\n1,2\n', ['a\nb', 'c'], 1],
    ['a header alone', 'a,b\n', ['a', 'b'], 0],
    ['blank lines between records', 'a,b\n1,2\n\n\n3,4\n\n', ['a', 'b'], 2],
    ['blank lines in one column as records', 'a\n1\n\n3\n', ['a'], 3],
    ['names beyond ASCII', 'é,\u{1F600}\u2028\n1,2\n', ['é', '\u{1F600}\u2028'], 1],
    ['spaces as part of values', ' a ,b\n 1, 2 \n', [' a ', 'b'], 1],
    ['nothing', '', [], 0],
  ])('%s', (_, text, header, records) => {
    expect(structureOf(text)).toMatchObject({ header, records, problems: [] });
  });

  it('other delimiters and quotes', () => {
    const text = "a;b\n'x;''y''';2\n";
    expect(structureOf(text, { delimiter: ';', quote: "'" })).toMatchObject({ records: 1, problems: [] });
  });
});

describe('CsvStructure rejects', () => {
  it.each([
    ['a quote inside of an unquoted field', 'a,b\n1,2\n5" pipe,2\n', ['BROKEN_QUOTING 3']],
    ['a space before a quote', 'a,b\n "1",2\n', ['BROKEN_QUOTING 2']],
    ['a space behind a quote', 'a,b\n"1" ,2\n', ['BROKEN_QUOTING 2']],
    ['text behind a quote', 'a,b\n"1"x,2\n', ['BROKEN_QUOTING 2']],
    ['a quote that is never closed', 'a,b\n1,2\n3,"4\n5,6\n', ['BROKEN_QUOTING 3']],
    ['a carriage return alone', 'a,b\n1\r,2\n', ['BROKEN_QUOTING 2']],
    ['a carriage return at the end', 'a,b\n1,2\r', ['BROKEN_QUOTING 2']],
    ['two carriage returns', 'a,b\r\n1,2\r\r\n', ['BROKEN_QUOTING 2']],
    ['carriage returns as line ends', 'a,b\r1,2\r', ['BROKEN_QUOTING 1']],
    ['a field too many', 'a,b\n1,2\n3,4,5\n', ['FIELD_COUNT 3']],
    ['an empty field too many', 'a,b\n1,2,\n', ['FIELD_COUNT 2']],
    ['a field too few', 'a,b\n1\n', ['FIELD_COUNT 2']],
    ['a line of spaces', 'a,b\n1,2\n  \n', ['FIELD_COUNT 3']],
    ['a NUL byte', 'a,b\n1,\u0000\n"\u0000",2\n', ['NUL_BYTE 2', 'NUL_BYTE 3']],
    ['a blank line instead of a header', '\na,b\n1,2\n', ['UNNAMED_COLUMN 1']],
    ['a broken header, and only that', 'a"x,b\n1,2,3\n', ['BROKEN_QUOTING 1']],
  ])('%s', (_, text, faults) => {
    expect(faultsOf(text)).toEqual(faults);
  });

  it('too many columns', () => {
    expect(faultsOf('a,b,c\n1,2,3\n', { maxColumns: 2 })).toEqual(['TOO_MANY_COLUMNS 1']);
    expect(faultsOf('a,b\n1,2\n', { maxColumns: 2 })).toEqual([]);
  });

  it.each([
    ['of exactly the limit', 'a,b\n1,12345\r\n12345,1\n"345",1', []],
    ['beyond the limit', 'a,b\n1,2\n123456,1\n', ['FIELD_TOO_LONG 3']],
    ['beyond the limit in quotes', 'a,b\n1,2\n1,"4567"\n', ['FIELD_TOO_LONG 3']],
    ['beyond the limit, never closed', 'a,b\n1,"2\n3,4\n5,6\n', ['FIELD_TOO_LONG 2']],
    ['beyond the limit in the header', 'a,bcdefg\n1,2\n', ['FIELD_TOO_LONG 1']],
    ['beyond the limit at the end', 'a,b\n1,234567', ['FIELD_TOO_LONG 2']],
  ])('fields %s', (_, text, faults) => {
    expect(faultsOf(text, { maxFieldBytes: 5 })).toEqual(faults);
  });

  it('records beyond the limit', () => {
    expect(faultsOf('a,b\n123,4567\n123,45678\n', { maxRecordBytes: 8 })).toEqual(['FIELD_TOO_LONG 3']);
  });

  it('stops at ten problems', () => {
    const structure = structureOf(`a,b\n${'1\n'.repeat(50)}`);
    expect(structure.problems).toHaveLength(10);
    expect(structure.problems[0]?.message).toBe(
      'Expected 2 fields, as in the header; this record has 1. Write every field, also an empty one, and put quotes around values with line ends.',
    );
  });

  it('dialects that cannot be told apart', () => {
    const file = { delimiter: ';', quote: ';', max_columns: 1, max_field_bytes: 1 };
    const contract = (changes: object) => ({ dataset: 'sales', file: { ...file, ...changes } }) as never;
    expect(() => csvDialect(contract({}))).toThrow(ConfigurationError);
    expect(() => csvDialect(contract({ delimiter: '§' }))).toThrow(/one ASCII character/);
    expect(() => csvDialect(contract({ quote: '\n' }))).toThrow(/one ASCII character/);
    expect(csvDialect(contract({ delimiter: '\t' }))).toMatchObject({ delimiter: '\t', maxRecordBytes: 8_000_000 });
  });
});

describe('CsvStructure tells lines', () => {
  it('has no shifts for an ordinary file', () => {
    expect(structureOf('a,b\n1,2\n3,4\n').lineShifts).toEqual([]);
  });

  it('has a shift where lines jump', () => {
    expect(structureOf('a,b\n1,2\n"3\n\n",4\n5,6\n7,8\n\n9,0\n').lineShifts).toEqual([
      { record: 2, shift: 4 },
      { record: 4, shift: 5 },
    ]);
    expect(structureOf('"a\nb",c\n1,2\n').lineShifts).toEqual([{ record: 0, shift: 3 }]);
  });
});

describe('CsvStructure asks for LF', () => {
  it.each([
    ['mixed line ends', 'a,b\n1,2\r\n3,4\n', true],
    ['CRLF with blank lines', 'a,b\r\n1,2\r\n\r\n3,4\r\n', true],
    ['a header with a line end', '"a\r\nb",c\r\n1,2\r\n', true],
    ['LF', 'a,b\n1,2\n\n"3\r\n\r",4\n', false],
    ['CRLF', 'a,b\r\n1,2\r\n"3\n",4\r\n', false],
  ])('with %s: %#', (_, text, needsLfCopy) => {
    expect(structureOf(text)).toMatchObject({ needsLfCopy, problems: [] });
  });
});

/** Values that break careless readers. */
const naughty = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '"',
    '""',
    ',',
    '\n',
    '\r\n',
    '\r',
    '#',
    'NULL',
    '\\',
    '"\n,"',
    '5" pipe',
    '\u2028',
    '\ufeff',
    '日本',
  ),
  fc.string({ unit: 'binary', maxLength: 8 }).filter((text) => !text.includes('\u0000') && text.isWellFormed()),
);

const table = fc
  .integer({ min: 1, max: 5 })
  .chain((columns) =>
    fc.array(fc.array(naughty, { minLength: columns, maxLength: columns }), { minLength: 1, maxLength: 12 }),
  )
  .filter(([header]) => header?.join('') !== '');

function written(value: string, always: boolean): string {
  return always || /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

describe('CsvStructure, for any table', () => {
  it('accepts it and counts right', () => {
    fc.assert(
      fc.property(table, fc.boolean(), fc.constantFrom('\n', '\r\n'), fc.boolean(), (rows, always, lineEnd, closed) => {
        const lines = rows.map((row) => row.map((value) => written(value, always)).join(','));
        // A blank last line without line end is no line; in quotes it is one.
        const text = lines.join(lineEnd) + (closed || lines.at(-1) === '' ? lineEnd : '');
        const structure = structureOf(text);
        const starts = lines.slice(1).map(
          (_, record) =>
            lines
              .slice(0, record + 1)
              .join(lineEnd)
              .split('\n').length + 1,
        );
        const lineOf = (record: number) =>
          record + (structure.lineShifts.findLast((shift) => shift.record <= record)?.shift ?? 2);
        expect(structure.problems).toEqual([]);
        expect(structure.header).toEqual(rows[0]);
        expect(structure.records).toBe(rows.length - 1);
        expect(starts.map((_, record) => lineOf(record))).toEqual(starts);
      }),
      { numRuns: 1_000 },
    );
  });

  it('gives the same answer for any chunks', () => {
    const bits = fc.constantFrom('a', 'bb', ',', '"', '""', '\n', '\r\n', '\r', '\u0000', ' ', 'é', ',"x",', '\n"y"\n');
    const text = fc.array(bits, { maxLength: 60 }).map((parts) => `a,b\n${parts.join('')}`);
    const limits = { maxFieldBytes: 9, maxRecordBytes: 15, maxColumns: 3 };
    fc.assert(
      fc.property(text, fc.boolean(), fc.integer({ min: 1, max: 9 }), (sample, limited, chunkBytes) => {
        const options = limited ? limits : {};
        expect(structureOf(sample, options, chunkBytes)).toEqual(structureOf(sample, options));
        expect(structureOf(sample.slice(4), options, chunkBytes)).toEqual(structureOf(sample.slice(4), options));
      }),
      { numRuns: 3_000 },
    );
  });
});
