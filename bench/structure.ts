import { createHash } from 'node:crypto';
import { CsvStructure } from '../lambdas/domain/csv-structure.ts';

const chunkBytes = 256 * 1024;
const dialect = {
  delimiter: ',',
  quote: '"',
  maxColumns: 1_000,
  maxFieldBytes: 1_048_576,
  maxRecordBytes: 8_000_000,
};

/** A sales file as producers drop them: eight columns, some names in quotes. */
function salesCsv(bytes: number): { file: Buffer; records: number } {
  const file = Buffer.allocUnsafe(bytes + 256);
  let length = file.write('customer_id,store_id,product_name,sales_date,sales_person_id,price,quantity,total_cost\n');
  let records = 0;
  while (length < bytes) {
    const cents = 100 + ((records * 7_919) % 99_900);
    const quantity = 1 + (records % 9);
    const name = records % 4 === 0 ? `"quaker oats, ${records % 500} g"` : `product ${records % 500}`;
    const total = ((cents * quantity) / 100).toFixed(2);
    length += file.write(
      `${records % 99_999},${records % 120},${name},2024-0${1 + (records % 9)}-1${records % 10},${records % 300},${(cents / 100).toFixed(2)},${quantity},${total}\n`,
      length,
    );
    records++;
  }
  return { file: file.subarray(0, length), records };
}

function seconds(work: () => void): number {
  const start = performance.now();
  work();
  return (performance.now() - start) / 1_000;
}

/** Scans 190 MB of CSV in memory on one core, in the chunks that a folder gives; SHA-256 over the same bytes for comparison. */
export async function benchStructure(): Promise<{ megabytes: number; seconds: number; sha256Seconds: number }> {
  const { file, records } = salesCsv(190_000_000);
  const chunks = Array.from({ length: Math.ceil(file.length / chunkBytes) }, (_, index) =>
    file.subarray(index * chunkBytes, (index + 1) * chunkBytes),
  );
  const scanner = new CsvStructure(dialect);
  const scanSeconds = seconds(() => {
    for (const chunk of chunks) scanner.push(chunk);
  });
  const structure = scanner.finish();
  if (structure.records !== records || structure.problems.length > 0) {
    throw new Error(`Expected ${records} sound records; the scanner counts ${structure.records}.`);
  }
  const hash = createHash('sha256');
  const sha256Seconds = seconds(() => {
    for (const chunk of chunks) hash.update(chunk);
    hash.digest();
  });
  return { megabytes: file.length / 1_000_000, seconds: scanSeconds, sha256Seconds };
}

if (import.meta.main) {
  const { megabytes, seconds: scan, sha256Seconds } = await benchStructure();
  console.log(
    `${megabytes.toFixed(0)} MB: structure ${(megabytes / scan).toFixed(0)} MB/s, SHA-256 ${(megabytes / sha256Seconds).toFixed(0)} MB/s`,
  );
}
