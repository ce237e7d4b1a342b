import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it } from 'vitest';
import type { ColumnType } from '../../lambdas/domain/column-type.ts';
import { valuePattern } from '../../lambdas/domain/value-pattern.ts';

const connection = await (await DuckDBInstance.create(':memory:')).connect();

/** Whether the engine's regular expressions accept the text as a whole. */
async function accepts(type: ColumnType, text: string): Promise<boolean> {
  const reader = await connection.runAndReadAll('select regexp_full_match($text::varchar, $pattern::varchar)', {
    text,
    pattern: valuePattern(type) ?? '.*',
  });
  return reader.getRowsJson()[0]?.[0] === true;
}

describe('patterns before a cast', () => {
  it.each<[ColumnType, string[], string[]]>([
    ['integer', ['5', '-5', '+5', '007'], ['5.5', '1e3', '1_000', '0x1F', ' 5 ', '', 'abc', '٣', '5.0']],
    ['bigint', ['9223372036854775807', '-1'], ['1.0', 'Infinity', '99999999999999999999']],
    [
      'decimal(18,2)',
      ['1', '1.5', '1.50', '-1.05', '.5', '1.', '2.500', '0000000000000000000001.5'],
      ['1.555', '1,5', '1e2', 'NaN', '.', '-', '12345678901234567.00'],
    ],
    ['decimal(18,0)', ['1', '1.', '1.000'], ['1.5', '.5']],
    ['date', ['2024-02-29'], ['2024/01/05', 'epoch', 'infinity', '2024-1-5', '20240105', '2024-01-05 00:00:00']],
    [
      'timestamp',
      ['2024-01-05 10:11', '2024-01-05T10:11:12.123456Z', '2024-01-05 10:11:12+0200'],
      ['2024-01-05', 'now', '10:11'],
    ],
    ['boolean', ['true', 'FALSE', '1', '0'], ['yes', 't', '2', '']],
  ])('of type %s take what is meant and nothing else', async (type, good, bad) => {
    for (const text of good) expect(await accepts(type, text), text).toBe(true);
    for (const text of bad) expect(await accepts(type, text), text).toBe(false);
  });

  it('leave text alone', () => expect(valuePattern('varchar')).toBeNull());
});
