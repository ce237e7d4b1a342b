import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccountedFor } from './accounting.ts';
import { type DropHome, openDropHome } from './drop-home.ts';
import { goods, goodsContracts, goodsFiles } from './goods.ts';
import { duckParquet } from './parquet-bytes.ts';

const files = await goodsFiles();
let home: DropHome;

beforeAll(async () => {
  home = await openDropHome(goodsContracts);
  for (const [name, body] of files) await home.drop(name, body);
  // Columns that are named like what the engine adds by itself.
  await home.drop(
    'goods_table/odd_names.parquet',
    await duckParquet(`select 'odd' as id, 7 as file_index, 8 as filename`),
  );
  await home.pipeline.run();
});

afterAll(() => home.close());

describe('the same rows', () => {
  it.each(files.map(([name]) => name))('are the same from %s', async (name) => {
    expect((await home.ledger()).get(name)?.[0]?.reasons).toEqual([]);
    const rows = await home.pipeline.rows(
      `select id, name, price, pieces, day, sold_at, is_new, additional_columns from silver.goods
       where _source_system = '${name.split('/')[0]}' and (_file_sha256, _source_line) in (
         select (_file_sha256, _source_line) from bronze.goods where _source_file = 'landing/${name}') order by id`,
    );
    expect(rows).toEqual(goods);
  });

  it('keep columns that are named like what the engine knows', async () => {
    const rows = await home.pipeline.rows(
      `select additional_columns, _source_line from bronze.goods where _source_file like '%odd_names.parquet'`,
    );
    expect(rows).toEqual([{ additional_columns: '{"file_index":"7","filename":"8"}', _source_line: '1' }]);
  });

  it('are accounted for', async () => {
    await expectAccountedFor(home);
  });
});
