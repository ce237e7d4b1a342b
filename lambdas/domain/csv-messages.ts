import type { CsvDialect } from './csv-dialect.ts';

/** What is told about faults of a CSV file: what was expected, what came, what to do. */
export const csvMessages = {
  quoteInside: ({ quote }: CsvDialect): string =>
    `A ${quote} stands inside of an unquoted field. Put the whole field in quotes and double the quote: ${quote}5${quote}${quote} pipe${quote}.`,

  afterQuote: ({ quote, delimiter }: CsvDialect): string =>
    `Expected ${name(delimiter)} or a line end behind a closing ${quote}, came something else. Double a quote that is part of the value; no spaces between quotes and ${name(delimiter)}.`,

  neverClosed: ({ quote }: CsvDialect, line: number): string =>
    `The quote opened on line ${line} is never closed. Close it, or double a ${quote} that is part of a value.`,

  loneReturn:
    'A carriage return stands outside of quotes without a line feed behind it. End lines with LF or CRLF, and put quotes around values with line ends.',

  nul: 'The text has a NUL byte. Remove it; if every second byte is NUL, the file is UTF-16, and has to be saved as UTF-8 (or its contract needs "encoding": "utf-16le").',

  blankHeader: 'Expected the column names on line 1, which is blank. Remove the blank lines before the header.',

  tooManyColumns: ({ maxColumns }: CsvDialect, came: number): string =>
    `The header has ${came} columns; at most ${maxColumns} are allowed. Split the file, or raise max_columns in its contract.`,

  fieldCount: ({ quote, delimiter }: CsvDialect, expected: number, came: number): string => {
    const advice =
      came > expected
        ? `Put ${quote} around values that contain ${name(delimiter)}, and drop surplus ones.`
        : 'Write every field, also an empty one, and put quotes around values with line ends.';
    return `Expected ${expected} ${expected === 1 ? 'field' : 'fields'}, as in the header; this record has ${came}. ${advice}`;
  },

  fieldTooLong: ({ maxFieldBytes }: CsvDialect, openQuoteLine: number | null): string =>
    `A field is longer than ${maxFieldBytes} bytes.${hint(openQuoteLine)} Shorten it, or raise max_field_bytes in the contract.`,

  recordTooLong: ({ maxRecordBytes }: CsvDialect, openQuoteLine: number | null): string =>
    `A record is longer than ${maxRecordBytes} bytes.${hint(openQuoteLine)} Shorten its fields.`,
} as const;

function hint(openQuoteLine: number | null): string {
  return openQuoteLine === null ? '' : ` The quote opened on line ${openQuoteLine} may lack its closing quote.`;
}

function name(delimiter: string): string {
  return delimiter === '\t' ? 'a tab' : delimiter === ' ' ? 'a space' : delimiter;
}
