import { beforeAll, describe, expect, it } from 'vitest';
import { decimalDigits } from '../../lambdas/domain/column-type.ts';
import { ViewWarehouse } from './support/view-warehouse.ts';
import { sqlFiles } from './support/models.ts';

let warehouse: ViewWarehouse;

beforeAll(async () => {
  warehouse = await ViewWarehouse.open();
});

const names = sqlFiles('views').map(({ path }) => path.replace(/^.*\/|\.sql$/g, ''));

/** Sums of bigints are HUGEINT in DuckDB; the contract's cast makes them what they are. */
function family(type: string): string {
  const digits = decimalDigits(type.toLowerCase());
  if (digits !== undefined) return `decimal with ${digits.scale} digits behind the point`;
  return ['INTEGER', 'BIGINT', 'HUGEINT'].includes(type.toUpperCase()) ? 'whole number' : type.toLowerCase();
}

describe.each(names)('the view %s', (name) => {
  it('selects the columns of its contract, in order and exact', async () => {
    const { sql, contract } = warehouse.view(name);
    const described = await warehouse.connection.runAndReadAll(`describe ${sql}`);
    const selected = described.getRowsJson().map(([column, type]) => `${column}: ${family(String(type))}`);
    expect(selected).toEqual(contract.columns.map((column) => `${column.name}: ${family(column.type)}`));
  });

  it('is described, column by column', () => {
    const { contract } = warehouse.view(name);
    expect(contract.row).toMatch(/^one row per /);
    expect(contract.description).toMatch(/\.$/);
    expect(contract.columns.filter(({ description }) => description.length < 5)).toEqual([]);
  });

  it('has no rows, and no error, where nothing is', async () => {
    const rows = await warehouse.ask(name, '*');
    // The publication has a line before the first run.
    expect(rows).toEqual(name === 'data_freshness' ? [['publication', 'lake', null, null, null]] : []);
  });
});
