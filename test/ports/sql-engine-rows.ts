import { expect, it } from 'vitest';
import { ModelError } from '../../lambdas/domain/errors.ts';
import type { TableVersion } from '../../lambdas/domain/table.ts';
import type { Build, Built, QueryResult, SqlEngine } from '../../lambdas/ports/sql-engine.ts';

interface RowsHarness {
  readonly materialise: (changes?: Partial<Build>) => Promise<Built>;
  readonly query: (sql: string, ...tables: TableVersion[]) => Promise<QueryResult['rows']>;
  readonly rows: SqlEngine['rows'];
  readonly version: (built: Built) => TableVersion;
}

/** What every engine does with rows that code gives, or asks for. */
export function describeRowsOfCode({ materialise, query, rows: readRows, version }: RowsHarness): void {
  it('writes rows that code computed, typed as the columns say', async () => {
    const rowsGiven = [
      { id: "it's; é\u0000", month: '2025-01', amount: '1.50', pieces: 1 },
      { id: '', month: '2025-02', amount: null, pieces: 9_007_199_254_740_993n },
    ];
    const built = await materialise({ sql: '-- code', rowsGiven });
    expect(built.slices.map((slice) => [slice.rows, slice.nulls.amount])).toEqual([[2, 1]]);
    const read = await query(
      'select id, month, amount, pieces, _run_id from silver.sale order by month',
      version(built),
    );
    expect(read).toEqual([
      ["it's; é\u0000", '2025-01', '1.50', '1', 'run-1'],
      ['', '2025-02', null, '9007199254740993', 'run-1'],
    ]);
    expect((await materialise({ sql: '-- code', rowsGiven: [] })).slices[0]?.rows).toBe(0);
  });

  it('gives code the rows of a table, each value as it is', async () => {
    const rowsGiven = [
      { id: "it's; é\u0000\u2028", month: '2025-01', amount: '1.50', pieces: 9_007_199_254_740_991n },
      { id: null, month: '', amount: null, pieces: 9_007_199_254_740_993n },
    ];
    const built = await materialise({ sql: '-- code', rowsGiven });
    const rows = await readRows(version(built), ['id', 'month', 'amount', 'pieces', '_as_of']);
    expect(rows.toSorted((a, b) => String(b.month).localeCompare(String(a.month)))).toEqual([
      {
        id: "it's; é\u0000\u2028",
        month: '2025-01',
        amount: '1.50',
        pieces: 9_007_199_254_740_991,
        _as_of: '2025-06-30',
      },
      { id: null, month: '', amount: null, pieces: '9007199254740993', _as_of: '2025-06-30' },
    ]);
    await expect(readRows(version(built), ['nothing'])).rejects.toThrow(/no column 'nothing'/);
  });

  it('refuses rows of code that lack a column or do not fit its type', async () => {
    const lacking = [{ id: 'a', month: '2025-01', amount: '1.50' }];
    await expect(materialise({ sql: '-- code', rowsGiven: lacking })).rejects.toThrow(/no 'pieces'/);
    const odd = [{ id: 'a', month: '2025-01', amount: 'many', pieces: 1 }];
    await expect(materialise({ sql: '-- code', rowsGiven: odd })).rejects.toThrow(ModelError);
    expect((await materialise()).slices[0]?.rows).toBe(3);
  });
}
