import { duckParquet, foreignParquet } from './parquet-bytes.ts';
import type { RefusedFile } from './refused-file.ts';

const text = { type: 'UTF8' } as const;
const time = { type: 'TIMESTAMP_MILLIS' } as const;

/** Files that dataset `note_table` (Parquet, at most 5,000,000 bytes unpacked) must refuse. */
export async function refusedParquet(): Promise<RefusedFile[]> {
  const good = await foreignParquet({ id: text, text }, [
    { id: '1', text: 'one' },
    { id: '2', text: 'two' },
  ]);
  const packed = await foreignParquet({ id: { type: 'UTF8', compression: 'GZIP' } }, [{ id: '1' }, { id: '2' }]);
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
    ['broken-page.parquet', withNoise(await duckParquet(numbers), 40, 60), 'CORRUPT_PARQUET'],
    ['unknown-encoding.parquet', withEncoding(good, 0x7e), 'CORRUPT_PARQUET'],
    ['impossible-time.parquet', await foreignParquet({ id: time }, [{ id: 9.3e15 }]), 'CORRUPT_PARQUET'],
    ['bytes.parquet', await foreignParquet({ id: text, text: { type: 'BYTE_ARRAY' } }, [row]), 'UNSUPPORTED_TYPE'],
    ['list.parquet', await duckParquet("select '1' as id, ['a', 'b'] as text"), 'UNSUPPORTED_TYPE'],
    ['struct.parquet', await duckParquet("select '1' as id, {'a': 1} as text"), 'UNSUPPORTED_TYPE'],
    ['map.parquet', await duckParquet("select '1' as id, map {'a': 1} as extra"), 'UNSUPPORTED_TYPE'],
    ['column-twice.parquet', await foreignParquet({ id: text, ID: text }, [{ id: '1', ID: '2' }]), 'DUPLICATE_COLUMN'],
    ['unnamed-column.parquet', await foreignParquet({ id: text, '': text }, [{ id: '1', '': '2' }]), 'UNNAMED_COLUMN'],
    ['missing-column.parquet', await foreignParquet({ text }, [row]), 'MISSING_COLUMN'],
    ['many-columns.parquet', await duckParquet(`select '1' as id, ${columns(1_000)}`), 'TOO_MANY_COLUMNS'],
    ['page-of-2-gb.parquet', withPageSize(packed, 2_000_000_000), 'EXPANSION_LIMIT'],
    ['page-of-most.parquet', withPageSize(packed, 2_147_483_647), 'CORRUPT_PARQUET'],
    ['bomb-of-rows.parquet', await duckParquet("select '1' as id, 2 as n from range(2_000_000)"), 'EXPANSION_LIMIT'],
    ['bomb-of-text.parquet', await duckParquet(`${repeated(5_000)} from range(1_500)`), 'EXPANSION_LIMIT'],
    ['long-field.parquet', await duckParquet(repeated(1_048_577)), 'FIELD_TOO_LONG'],
    ['all-bad.parquet', await duckParquet("select null as id, 'x' as text"), 'TOO_MANY_BAD_ROWS'],
  ];
}

const row = { id: '1', text: 'one' };
const numbers = "select 'n' || hash(i) as id, 'text ' || i as text from range(500) as t(i)";

function repeated(times: number): string {
  return `select '1' as id, repeat('x', ${times}) as text`;
}

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

/** Page header of parquetjs-lite: `encoding` of the first data page, which has few values. */
const encodingAt = 18;

function withEncoding(file: Buffer, encoding: number): Buffer {
  const copy = Buffer.from(file);
  copy[encodingAt] = encoding;
  return copy;
}

/** Page header of parquetjs-lite: what the only page of a file says about its size unpacked, a variable number of bytes. */
const pageSizeAt = 7;

function withPageSize(file: Buffer, size: number): Buffer {
  const behind = pageSizeAt + file.subarray(pageSizeAt).findIndex((byte) => byte < 0x80) + 1;
  const bytes: number[] = [];
  let rest = BigInt(size) * 2n;
  for (; rest > 0x7fn; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  return Buffer.concat([file.subarray(0, pageSizeAt), Buffer.from([...bytes, Number(rest)]), file.subarray(behind)]);
}
