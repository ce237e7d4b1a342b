import type { Dataset } from '../../domain/dataset.ts';

/** First bytes by which other kinds of files are known. */
const signatures: readonly { name: string; bytes: readonly number[] }[] = [
  { name: 'a gzip file', bytes: [0x1f, 0x8b] },
  { name: 'a ZIP archive or an Excel workbook (.xlsx)', bytes: [0x50, 0x4b, 0x03, 0x04] },
  { name: 'an empty ZIP archive', bytes: [0x50, 0x4b, 0x05, 0x06] },
  // The byte behind the letters tells it from a CSV file whose first column is called PAR1.
  { name: 'a Parquet file', bytes: [0x50, 0x41, 0x52, 0x31, 0x15] },
  { name: 'an old Excel workbook (.xls)', bytes: [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1] },
  { name: 'a PDF document', bytes: [0x25, 0x50, 0x44, 0x46, 0x2d] },
  { name: 'a Zstandard file', bytes: [0x28, 0xb5, 0x2f, 0xfd] },
  { name: 'a bzip2 file', bytes: [0x42, 0x5a, 0x68, -1, 0x31, 0x41, 0x59, 0x26, 0x53, 0x59] },
  { name: 'an xz file', bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00] },
  { name: 'a 7-Zip archive', bytes: [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c] },
];

/** So many first bytes are needed to know a file. */
export const headBytes = 16;

export const gzipMagic: readonly number[] = [0x1f, 0x8b];
export const parquetMagic: readonly number[] = [0x50, 0x41, 0x52, 0x31];

/** -1 stands for any byte. */
export function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return bytes.length >= magic.length && magic.every((byte, index) => byte === -1 || byte === bytes[index]);
}

/** What a file that should be text is by its first bytes, or null. */
export function looksLike(head: Uint8Array): string | null {
  return signatures.find(({ bytes }) => startsWith(head, bytes))?.name ?? null;
}

type Encoding = Dataset['file']['encoding'];

export interface ByteOrderMark {
  readonly encoding: Encoding;
  readonly bytes: readonly number[];
}

const byteOrderMarks: readonly ByteOrderMark[] = [
  { encoding: 'utf-8', bytes: [0xef, 0xbb, 0xbf] },
  { encoding: 'utf-16le', bytes: [0xff, 0xfe] },
  { encoding: 'utf-16be', bytes: [0xfe, 0xff] },
];

export function byteOrderMark(head: Uint8Array): ByteOrderMark | null {
  return byteOrderMarks.find(({ bytes }) => startsWith(head, bytes)) ?? null;
}
