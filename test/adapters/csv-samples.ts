import fc from 'fast-check';
import { csvDialect } from '../../lambdas/domain/csv-dialect.ts';
import { CsvStructure } from '../../lambdas/domain/csv-structure.ts';
import { salesDataset } from './drop-fixtures.ts';
import type { CsvWriting } from './simple-csv.ts';

const writings = fc.record({
  delimiter: fc.constantFrom(',', ';', '\t', '|', ' ', '\\', '#', '^', '~'),
  quote: fc.constantFrom('"', "'", '`', '$'),
});

const values = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '"',
    "'",
    '""',
    ',',
    ';',
    '\n',
    '\r\n',
    '\r',
    '#',
    '\\',
    '"\n,"',
    '5" pipe',
    '\u2028',
    '日本',
    '$',
  ),
  fc.string({ unit: 'grapheme', maxLength: 8 }).filter((text) => !text.includes('\u0000')),
);

const lineEnds = fc.constantFrom(['\n'], ['\r\n'], ['\n', '\r\n'], ['\n', '\n\n'], ['\r\n', '\r\n\r\n']);

/** Well-formed CSV, written in every way there is. */
export const anyCsv: fc.Arbitrary<{ text: string; writing: CsvWriting }> = fc
  .tuple(writings, lineEnds, fc.integer({ min: 1, max: 4 }), fc.boolean())
  .chain(([writing, ends, columns, closed]) => {
    const { delimiter, quote } = writing;
    const quoted = (value: string) => `${quote}${value.replaceAll(quote, quote + quote)}${quote}`;
    const needsQuotes = (value: string) => /[\r\n]/.test(value) || value.includes(quote) || value.includes(delimiter);
    const field = fc
      .tuple(values, fc.boolean())
      .map(([value, always]) => (always || needsQuotes(value) ? quoted(value) : value));
    const record = fc
      .tuple(fc.array(field, { minLength: columns, maxLength: columns }), fc.constantFrom(...ends))
      .map(([fields, end]) => [fields.join(delimiter), end] as const);
    const header = fc.tuple(fc.constantFrom(...ends), fc.constantFrom('', '\r', '\n', '\r\n')).map(([end, inner]) => {
      const names = Array.from({ length: columns }, (_, index) => quoted(`h${index}${inner}`)).join(delimiter);
      return names + end.replace(/(\r?\n)\1/, '$1');
    });
    return fc.tuple(header, fc.array(record, { minLength: 1, maxLength: 40 })).map(([first, records]) => {
      const text = first + records.flat().join('');
      return { text: closed ? text : text.replace(/(\r?\n)+$/, ''), writing };
    });
  });

/** Anything made of the characters that matter, if the scanner takes it. */
export const soundNoise: fc.Arbitrary<string> = fc
  .array(fc.constantFrom('a', ',', '"', '""', '\n', '\r\n', '\r', ' ', 'é', ',"x",', '\n"y"\n', 'b,b\n'), {
    maxLength: 40,
  })
  .map((parts) => `h,i\n${parts.join('')}`)
  .filter((text) => {
    const scanner = new CsvStructure(csvDialect(salesDataset()));
    scanner.push(new TextEncoder().encode(text));
    const { records, problems } = scanner.finish();
    return records > 0 && problems.length === 0;
  });
