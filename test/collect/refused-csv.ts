import type { RefusedFile } from './refused-file.ts';

const header = 'id,text\n';
const good = '1,one\n2,two\n';
const fieldLimit = 1_048_576;
const utf16 = (text: string) => Buffer.from(text, 'utf16le');

/** Files that dataset `note` must refuse: an `id`, which is mandatory, and a `text`; comma, quote, UTF-8. */
export const refusedCsv: readonly RefusedFile[] = [
  // Encodings
  ['latin-1.csv', Buffer.from(`${header}1,plain\n2,caf\xe9\n`, 'latin1'), 'WRONG_ENCODING', 3],
  ['latin-1-header.csv', Buffer.from('id,text,pr\xe9nom\n1,a,b\n', 'latin1'), 'WRONG_ENCODING', 1],
  ['overlong.csv', Buffer.concat([Buffer.from(header), Buffer.of(0x31, 0x2c, 0xc0, 0xaf, 0x0a)]), 'WRONG_ENCODING', 2],
  ['surrogate.csv', Buffer.concat([Buffer.from(`${header}1,`), Buffer.of(0xed, 0xa0, 0x80)]), 'WRONG_ENCODING', 2],
  ['cut-character.csv', Buffer.from(`${header}1,é`).subarray(0, -1), 'WRONG_ENCODING', 2],
  ['utf-16le-bom.csv', Buffer.concat([Buffer.of(0xff, 0xfe), utf16(header + good)]), 'WRONG_ENCODING', 1],
  ['utf-16be-bom.csv', Buffer.concat([Buffer.of(0xfe, 0xff), utf16(header + good).swap16()]), 'WRONG_ENCODING', 1],
  ['utf-16le.csv', utf16(header + good), 'NUL_BYTE', 1],
  ['nul.csv', `${header}1,one\n2,a\0b\n`, 'NUL_BYTE', 3],
  ['nul-in-quotes.csv', `${header}1,"\n\0"\n`, 'NUL_BYTE', 3],
  ['nul-in-header.csv', `id,te\0xt\n${good}`, 'NUL_BYTE', 1],
  // Sizes
  ['long-field.csv', `${header}1,short\n2,${'x'.repeat(fieldLimit + 1)}\n`, 'FIELD_TOO_LONG', 3],
  ['long-quoted-field.csv', `${header}1,"${'\n'.repeat(fieldLimit)}"\n`, 'FIELD_TOO_LONG', 2],
  ['columns-10000.csv', `${columns(10_000)}\n${columns(10_000)}\n`, 'TOO_MANY_COLUMNS', 1],
  ['columns-1001.csv', `${columns(1_001)}\n${columns(1_001)}\n`, 'TOO_MANY_COLUMNS', 1],
  // Nothing in it
  ['empty.csv', '', 'EMPTY_FILE'],
  ['only-bom.csv', '\ufeff', 'EMPTY_FILE'],
  ['header-only.csv', header, 'EMPTY_FILE'],
  ['header-only-no-newline.csv', header.trim(), 'EMPTY_FILE'],
  ['header-and-blank-lines.csv', `${header}\n\r\n\n`, 'EMPTY_FILE'],
  ['only-blank-lines.csv', '\n\n\n', 'UNNAMED_COLUMN', 1],
  // Structure
  ['trailing-empty-field.csv', `${header}1,one\n2,two,\n3,three\n`, 'FIELD_COUNT', 3],
  ['trailing-empty-quoted-field.csv', `${header}1,one,""\n`, 'FIELD_COUNT', 2],
  ['short-record.csv', `${header}${good}3\n`, 'FIELD_COUNT', 4],
  ['other-delimiter.csv', 'id,text\n1;one\n2;two\n', 'FIELD_COUNT', 2],
  ['quote-inside.csv', `${header}1,5" pipe\n`, 'BROKEN_QUOTING', 2],
  ['quote-never-closed.csv', `${header}1,"one\n2,two\n`, 'BROKEN_QUOTING', 2],
  ['text-after-quote.csv', `${header}1,"one"x\n`, 'BROKEN_QUOTING', 2],
  ['backslash-escape.csv', `${header}1,"a \\"quoted\\" word"\n`, 'BROKEN_QUOTING', 2],
  ['lone-carriage-returns.csv', `${header}${good}`.replaceAll('\n', '\r'), 'BROKEN_QUOTING', 1],
  // Header
  ['missing-column.csv', 'text\none\n', 'MISSING_COLUMN', 1],
  ['no-header.csv', good, 'MISSING_COLUMN', 1],
  ['other-delimiter-in-header.csv', 'id;text\n1;one\n', 'MISSING_COLUMN', 1],
  ['repeated-column.csv', 'id,text, ID \n1,one,2\n', 'DUPLICATE_COLUMN', 1],
  ['unnamed-column.csv', 'id,text,\n1,one,\n', 'UNNAMED_COLUMN', 1],
  // Other kinds of files
  ['workbook.csv', Buffer.concat([Buffer.of(0x50, 0x4b, 3, 4), Buffer.alloc(40, 7)]), 'WRONG_FORMAT'],
  ['old-workbook.csv', Buffer.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0), 'WRONG_FORMAT'],
  ['document.csv', '%PDF-1.7\n1,one\n', 'WRONG_FORMAT'],
  ['page.csv', '<!DOCTYPE html>\n<p>503 Service Unavailable</p>\n', 'MISSING_COLUMN', 1],
  // Rows
  ['all-bad.csv', `${header},one\n,two\n3,three\n`, 'TOO_MANY_BAD_ROWS'],
];

function columns(count: number): string {
  return ['id', 'text', ...Array.from({ length: count - 2 }, (_, index) => `c${index}`)].join(',');
}
