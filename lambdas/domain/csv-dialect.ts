import type { Dataset } from './dataset.ts';
import { ConfigurationError } from './errors.ts';
import { maxRecordBytes } from './structure.ts';

/** How a CSV file is written, and how large its parts may be; always RFC 4180 with a doubled quote as escape. */
export interface CsvDialect {
  readonly delimiter: string;
  readonly quote: string;
  readonly maxColumns: number;
  readonly maxFieldBytes: number;
  readonly maxRecordBytes: number;
}

/** The dialect of a contract. Throws ConfigurationError for a delimiter or quote that no strict reader can tell apart. */
export function csvDialect(dataset: Pick<Dataset, 'dataset' | 'file'>): CsvDialect {
  const { delimiter, quote, max_columns, max_field_bytes } = dataset.file;
  const problems: string[] = [];
  for (const [name, value] of [
    ['delimiter', delimiter],
    ['quote', quote],
  ] as const) {
    if (!/^[\t\x20-\x7e]$/.test(value)) {
      problems.push(
        `${dataset.dataset}: file.${name} is ${JSON.stringify(value)}; expected one ASCII character or a tab`,
      );
    }
  }
  if (delimiter === quote) problems.push(`${dataset.dataset}: file.delimiter and file.quote are both '${quote}'`);
  if (problems.length > 0) throw new ConfigurationError(problems);
  return {
    delimiter,
    quote,
    maxColumns: max_columns,
    maxFieldBytes: max_field_bytes,
    maxRecordBytes: maxRecordBytes(dataset.file),
  };
}

/** Classes of bytes, as the scanner sees them; everything else is `ordinary`. */
export const ordinary = 0;
export const delimiterByte = 1;
export const lineFeed = 2;
export const carriageReturn = 3;
export const quoteByte = 4;
export const nulByte = 5;

/** Byte -> class, outside and inside of quotes (where delimiter and carriage return are ordinary). */
export function byteClasses(dialect: Pick<CsvDialect, 'delimiter' | 'quote'>): {
  plain: Uint8Array;
  quoted: Uint8Array;
} {
  const plain = new Uint8Array(256);
  const quoted = new Uint8Array(256);
  plain[0x00] = quoted[0x00] = nulByte;
  plain[0x0a] = quoted[0x0a] = lineFeed;
  plain[0x0d] = carriageReturn;
  plain[dialect.delimiter.charCodeAt(0)] = delimiterByte;
  plain[dialect.quote.charCodeAt(0)] = quoted[dialect.quote.charCodeAt(0)] = quoteByte;
  return { plain, quoted };
}

/** The fields of one well-formed record, decoded and unquoted. */
export function splitRecord(bytes: Uint8Array, dialect: Pick<CsvDialect, 'delimiter' | 'quote'>): string[] {
  const { delimiter, quote } = dialect;
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const fields: string[] = [];
  let field = '';
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? '';
    if (character === quote) {
      // Inside of quotes, a quote followed by a second one stands for itself.
      if (quoted && text[at + 1] === quote) field += text[at++];
      else quoted = !quoted;
    } else if (character === delimiter && !quoted) {
      fields.push(field);
      field = '';
    } else {
      field += character;
    }
  }
  fields.push(field);
  return fields;
}
