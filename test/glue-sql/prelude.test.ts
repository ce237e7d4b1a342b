import { beforeAll, describe, expect, it } from 'vitest';
import { preludeCases } from './support/prelude-cases.ts';
import { Warehouse } from './support/warehouse.ts';

let warehouse: Warehouse;

beforeAll(async () => {
  warehouse = await Warehouse.open();
});

describe.each(Object.entries(preludeCases))('%s', (_, expressions) => {
  it.each(expressions)('%s is %j', async (expression, value) => {
    const [row] = await warehouse.rows(`select ${expression} as answer`);
    expect(row?.answer).toEqual(value);
  });
});

describe('aggregates', () => {
  it('bitwise_or_agg, approx_distinct and count_if work over rows', async () => {
    const [row] = await warehouse.rows(
      'select bitwise_or_agg(x) as bits, approx_distinct(x) as distinct_values, cast(count_if(x > 1) as bigint) as large from (values (1), (2), (2)) as t(x)',
    );
    expect(row).toEqual({ bits: 3, distinct_values: '2', large: '2' });
  });

  it('count_if is 0 where nothing is true', async () => {
    const [row] = await warehouse.rows(
      'select count_if(x) as of_nulls from (values (cast(null as boolean)), (null)) as t(x)',
    );
    expect(row).toEqual({ of_nulls: '0' });
  });

  it('element_at of a sorted array_agg is the lower median', async () => {
    const [row] = await warehouse.rows(
      'select element_at(array_sort(array_agg(x)), (count(*) + 1) / 2) as median from (values (5), (1), (9), (7)) as t(x)',
    );
    expect(row).toEqual({ median: 5 });
  });

  it('date_add refuses hours on a date', async () => {
    await expect(warehouse.rows("select date_add('hour', 1, date '2024-01-01')")).rejects.toThrow(/units of a date/);
  });
});
