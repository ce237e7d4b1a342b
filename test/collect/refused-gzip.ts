import { gzipSync } from 'node:zlib';
import type { RefusedFile } from './refused-file.ts';

const text = 'id,text\n1,one\n2,two\n';
const packed = gzipSync(text);
const noise = Array.from({ length: 40_000 }, (_, index) => `${index},${(index * 2_654_435_761) % 4_294_967_296}\n`);

/** Files that dataset `note` must refuse because of their packing. */
export const refusedGzip: readonly RefusedFile[] = [
  ['plain.csv.gz', text, 'WRONG_FORMAT'],
  ['packed.csv', packed, 'WRONG_FORMAT'],
  ['packed-twice.csv.gz', gzipSync(packed), 'WRONG_FORMAT'],
  ['zip.csv.gz', Buffer.concat([Buffer.of(0x50, 0x4b, 3, 4), Buffer.alloc(40, 7)]), 'WRONG_FORMAT'],
  ['truncated.csv.gz', packed.subarray(0, packed.length - 9), 'CORRUPT_GZIP'],
  ['truncated-in-header.csv.gz', packed.subarray(0, 5), 'CORRUPT_GZIP'],
  ['wrong-checksum.csv.gz', changed(packed, packed.length - 8), 'CORRUPT_GZIP'],
  ['wrong-length.csv.gz', changed(packed, packed.length - 1), 'CORRUPT_GZIP'],
  ['wrong-block.csv.gz', changed(packed, 10), 'CORRUPT_GZIP'],
  ['bytes-behind.csv.gz', Buffer.concat([packed, Buffer.from('more')]), 'CORRUPT_GZIP'],
  ['one-byte.csv.gz', packed.subarray(0, 1), 'WRONG_FORMAT'],
  ['empty.csv.gz', '', 'EMPTY_FILE'],
  ['packed-nothing.csv.gz', gzipSync(''), 'EMPTY_FILE'],
  ['packed-header.csv.gz', gzipSync('id,text\n'), 'EMPTY_FILE'],
  ['packed-latin-1.csv.gz', gzipSync(Buffer.from('id,text\n1,\xe9\n', 'latin1')), 'WRONG_ENCODING', 2],
  ['bomb-by-ratio.csv.gz', gzipSync(`id,text\n${'1,aaaaaaaa\n'.repeat(400_000)}`), 'EXPANSION_LIMIT'],
];

/** The limit is 500,000 bytes here: little is packed badly, much is packed well, and a plain file is larger. */
export const refusedBySize: readonly RefusedFile[] = [
  ['bomb-by-size.csv.gz', gzipSync(`id,text\n${noise.join('')}`), 'EXPANSION_LIMIT'],
  ['larger.csv', `id,text\n${noise.join('')}`, 'TOO_LARGE'],
];

function changed(bytes: Uint8Array, at: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ 0x5a;
  return copy;
}
