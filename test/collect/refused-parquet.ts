import { duckParquet, foreignParquet } from './parquet-bytes.ts';
import type { RefusedFile } from './refused-file.ts';

const text = { type: 'UTF8' } as const;

/** Files that dataset `note_table` (Parquet, at most 5,000,000 bytes unpacked) must refuse. */
export async function refusedParquet(): Promise<RefusedFile[]> {
  const good = await foreignParquet({ id: text, text }, [
    { id: '1', text: 'one' },
    { id: '2', text: 'two' },
  ]);
  const footer = good.readUInt32LE(good.length - 8);
  return [
    ['empty.parquet', '', 'EMPTY_FILE'],
    ['no-rows.parquet', await duckParquet("select '1' as id where false"), 'EMPTY_FILE'],
    ['csv.parquet', 'id,text\n1,one\n', 'WRONG_FORMAT'],
    ['archive.parquet', Buffer.concat([Buffer.of(0x1f, 0x8b, 8), Buffer.alloc(40)]), 'WRONG_FORMAT'],
    ['only-magic.parquet', 'PAR1PAR1', 'CORRUPT_PARQUET'],
    ['truncated.parquet', good.subarray(0, good.length - 20), 'CORRUPT_PARQUET'],
    ['cut-in-half.parquet', good.subarray(0, good.length / 2), 'CORRUPT_PARQUET'],
    ['footer-length-0.parquet', withFooterLength(good, 0), 'CORRUPT_PARQUET'],
    ['footer-length-huge.parquet', withFooterLength(good, 0xffff_ffff), 'CORRUPT_PARQUET'],
    ['footer-length-wrong.parquet', withFooterLength(good, footer - 7), 'CORRUPT_PARQUET'],
    ['footer-noise.parquet', withNoise(good, good.length - 8 - footer, footer), 'CORRUPT_PARQUET'],
    ['encrypted.parquet', Buffer.concat([good.subarray(0, good.length - 4), Buffer.from('PARE')]), 'CORRUPT_PARQUET'],
    ['broken-page.parquet', withNoise(await duckParquet(numbers, 'compression zstd'), 40, 60), 'UNREADABLE'],
    ['unknown-encoding.parquet', withEncoding(good, 0x7e), 'UNREADABLE'],
    ['bytes.parquet', await foreignParquet({ id: text, text: { type: 'BYTE_ARRAY' } }, [row]), 'UNSUPPORTED_TYPE'],
    ['list.parquet', await duckParquet("select '1' as id, ['a', 'b'] as text"), 'UNSUPPORTED_TYPE'],
    ['struct.parquet', await duckParquet("select '1' as id, {'a': 1} as text"), 'UNSUPPORTED_TYPE'],
    ['map.parquet', await duckParquet("select '1' as id, map {'a': 1} as extra"), 'UNSUPPORTED_TYPE'],
    ['missing-column.parquet', await foreignParquet({ text }, [row]), 'MISSING_COLUMN'],
    ['many-columns.parquet', await duckParquet(`select '1' as id, ${columns(1_000)}`), 'TOO_MANY_COLUMNS'],
    ['bomb.parquet', await duckParquet("select '1' as id, 'x' as text from range(3_000_000)"), 'EXPANSION_LIMIT'],
    ['long-bomb.parquet', await duckParquet("select '1' as id, repeat('x', 6_000_000) as text"), 'EXPANSION_LIMIT'],
    ['all-bad.parquet', await duckParquet("select null as id, 'x' as text"), 'TOO_MANY_BAD_ROWS'],
  ];
}

const row = { id: '1', text: 'one' };
const numbers = "select 'n' || hash(i) as id, 'text ' || i as text from range(500) as t(i)";

function columns(count: number): string {
  return Array.from({ length: count }, (_, index) => `${index} as c${index}`).join(', ');
}

function withFooterLength(file: Buffer, length: number): Buffer {
  const copy = Buffer.from(file);
  copy.writeUInt32LE(length, copy.length - 8);
  return copy;
}

function withNoise(file: Buffer, from: number, length: number): Buffer {
  const copy = Buffer.from(file);
  for (let at = from; at < from + length; at++) copy[at] = (copy.readUInt8(at) * 7 + at * 31) % 256;
  return copy;
}

/** Changes the encoding of the first data page: Thrift's field 5.1, one byte behind the number of values. */
function withEncoding(file: Buffer, encoding: number): Buffer {
  const copy = Buffer.from(file);
  copy[encodingAt(file)] = encoding;
  return copy;
}

function encodingAt(file: Buffer): number {
  const at = file.indexOf(Buffer.of(0x15, 0x04, 0x15), 4);
  return at + 3;
}
