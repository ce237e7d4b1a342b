import { describe, expect, it } from 'vitest';
import { DuckDbSqlParser } from '../../lambdas/adapters/duckdb-sql-parser.ts';
import { contractProblems } from '../../lambdas/domain/contract-problems.ts';
import { contract } from '../support/contract.ts';

const parser = new DuckDbSqlParser();
const column = (more: object) => ({ name: 'amount', type: 'decimal(18,2)', description: 'Amount', ...more });
const problems = (changes: Record<string, unknown>) => contractProblems(contract(changes), (sql) => parser.parse(sql));

describe('faults of a contract beyond its schema', () => {
  it('finds none in a good contract', async () => {
    const columns = [
      column({ minimum: 0, maximum: 5, pattern: '[0-9.]+' }),
      { ...column({ expression: 'amount * 2' }), name: 'twice' },
    ];
    expect(
      await problems({ columns, checks: [{ reason: 'SMALL', expression: 'amount < 5', description: 'small' }] }),
    ).toEqual([]);
  });

  it.each([
    [
      'a range without values',
      { columns: [column({ minimum: 5, maximum: 1 })] },
      /smallest value 5 is above the maximum 1/,
    ],
    ['a broken pattern', { columns: [column({ pattern: 'R[' })] }, /'R\[' is no regular expression/],
    [
      'an unknown column',
      { columns: [column({ expression: 'price * 2' })] },
      /unknown column 'price'; columns: amount/,
    ],
    ['broken SQL', { columns: [column({ expression: 'amount *' })] }, /expression is not SQL/],
    ['a subquery', { columns: [column({ expression: '(select 1)' })] }, /must be one value computed from the row/],
    [
      'a file',
      { columns: [column({ expression: "(select content from read_text('x'))" })] },
      /must be one value computed from the row/,
    ],
    ['two statements', { columns: [column({ expression: '1); drop table x; select (1' })] }, /expression/],
    [
      'a check over an unknown column',
      { columns: [column({})], checks: [{ reason: 'X', expression: 'total > 0', description: 'd' }] },
      /checks\[0\] X: expression names the unknown column 'total'/,
    ],
  ])('names %s', async (_what, changes, message) => {
    const found = await problems(changes);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(message);
  });
});
